package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes a channel work: where messages enter and leave, and how it is closed. */
interface Engine {

    SharedInlet inlet();

    SharedOutlet outlet();

    /** Closes for sending; what was accepted, and who waits to send, is still served. */
    void close(@Nullable Throwable cause);

    /** Closes at once and answers the messages that were in the buffer, counted as dropped or as returned. */
    List<Object> closeNow(@Nullable Throwable cause, boolean asDropped);

    int size();

    int blockedSenders();

    int blockedReceivers();

    ChannelStats stats(String name, int capacity);

    List<Waiter> waiters();
}
