package dev.channels;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What has passed a channel under one lock: counted under it, read without, so that who asks for the numbers holds nobody
 * up and waits for nobody. What goes out is counted before what comes in for it: the size is never too large.
 */
final class Tally {

    private static final int ATTEMPTS = 100;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong returned = new AtomicLong();

    private record Numbers(long sent, long received, long dropped, long returned) {

        long gone() {
            return received + dropped + returned;
        }
    }

    void countSent() {
        add(sent, 1);
    }

    void countReceived() {
        add(received, 1);
    }

    void countDropped(int messages) {
        add(dropped, messages);
    }

    void countReturned(int messages) {
        add(returned, messages);
    }

    /** There is only one at a time who counts: nothing has to be atomic. */
    private static void add(AtomicLong count, int more) {
        count.setRelease(count.getPlain() + more);
    }

    long sent() {
        return sent.getAcquire();
    }

    long received() {
        return received.getAcquire();
    }

    long dropped() {
        return dropped.getAcquire();
    }

    /** What was sent and has not gone yet. */
    int size() {
        return size(numbers());
    }

    private static int size(Numbers numbers) {
        return (int) Math.max(0, numbers.sent - numbers.gone());
    }

    /** All numbers at one instant: they only grow, so if all are the same again, they were so together in between. */
    private Numbers numbers() {
        Numbers before = read();
        Numbers numbers = read();
        for (int attempt = 0; attempt < ATTEMPTS && !numbers.equals(before); attempt++) {
            before = numbers;
            numbers = read();
        }
        return numbers;
    }

    private Numbers read() {
        return new Numbers(sent(), received(), dropped(), returned.getAcquire());
    }

    ChannelStats stats(String name, int capacity, int blockedSenders, int blockedReceivers, boolean closed) {
        Numbers numbers = numbers();
        int size = size(numbers);
        return new ChannelStats(
                name,
                capacity,
                size,
                blockedSenders,
                blockedReceivers,
                numbers.gone() + size,
                numbers.received,
                numbers.dropped,
                numbers.returned,
                closed);
    }
}
