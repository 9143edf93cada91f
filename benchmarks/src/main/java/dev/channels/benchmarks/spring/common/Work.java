package dev.channels.benchmarks.spring.common;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;

/** What is done for a message: nothing, or waiting for something of which there is not much. The message is counted. */
public final class Work {

    private final Tally handled = new Tally();
    private final @Nullable Semaphore places;
    private volatile long millis;
    private long @Nullable [] ends;

    /**
     * Called by Spring.
     *
     * @param millis how long a message takes
     * @param places for how many messages at once there is room; 0 for any number
     */
    public Work(@Value("${work.millis:0}") long millis, @Value("${work.places:0}") int places) {
        this.millis = millis;
        this.places = places > 0 ? new Semaphore(places) : null;
    }

    /**
     * Does the work.
     *
     * @param message the message
     * @throws InterruptedException if interrupted; then it is not done
     */
    public void on(Long message) throws InterruptedException {
        if (millis > 0) {
            take(millis);
        }
        if (ends != null) {
            ends[message.intValue()] = System.nanoTime();
        }
        handled.add(message);
    }

    private void take(long time) throws InterruptedException {
        if (places == null) {
            Thread.sleep(time);
            return;
        }
        places.acquire();
        try {
            Thread.sleep(time);
        } finally {
            places.release();
        }
    }

    /** From now on a message takes no time. */
    public void hurry() {
        millis = 0;
    }

    /**
     * From now on messages are numbers, and the time at which one was handled is noted under its number.
     *
     * @param times where to
     */
    public void noteEnds(long[] times) {
        ends = times;
    }

    /**
     * What was handled: the sum of the messages.
     *
     * @return the tally
     */
    public Tally handled() {
        return handled;
    }
}
