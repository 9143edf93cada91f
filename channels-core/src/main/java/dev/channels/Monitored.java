package dev.channels;

import java.util.List;

/** What every kind of channel tells about itself. */
public interface Monitored {

    /**
     * The name that the channel was built with, or one made of its kind and a number.
     *
     * @return the name
     */
    String name();

    /**
     * How many messages the channel holds at most.
     *
     * @return the capacity: 0 for a rendezvous channel, {@code Integer.MAX_VALUE} for an unbounded one
     */
    int capacity();

    /**
     * The channel's numbers at one instant.
     *
     * @return the numbers
     */
    ChannelStats stats();

    /**
     * Who waits on the channel now, longest first on each side, senders before receivers.
     *
     * @return a snapshot
     */
    List<Waiter> waiters();
}
