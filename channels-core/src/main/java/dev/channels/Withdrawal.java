package dev.channels;

/** How an operation that waits gives up. */
interface Withdrawal {

    /** Takes an operation out that gives up; {@code false} if it was settled before. */
    boolean withdraw(Pending operation);
}
