package dev.channels.benchmarks;

/** What senders and receivers run on. */
public enum Threading {
    /** Virtual threads, or coroutines where the peer has these instead. */
    VIRTUAL,
    /** Platform threads. */
    PLATFORM
}
