package dev.channels;

/** What an {@link Inlet} or {@link Outlet} answers where it has no message and no waiting operation to answer. */
enum Signal {
    /** The message is taken. */
    TAKEN,
    /** No room now. */
    FULL,
    /** Takes no more messages. */
    CLOSED,
    /** Others have to be served first; then try again. */
    BUSY,
    /** No message is left and none can come. */
    ENDED
}
