package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.spring.common.Entrance;
import dev.channels.benchmarks.spring.common.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;

/**
 * Senders that go on until they are stopped or refused, at a pace, or slower where they are made to wait. Every message
 * is a 1, so that what was handled is a number of messages.
 */
final class Pressure {

    private static final Long MESSAGE = 1L;

    private final Entrance entrance;
    private final Tally handled;
    private final long handledBefore;
    private final List<Thread> senders = new ArrayList<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong acceptedLate = new AtomicLong();
    private final LongAccumulator longestBacklog = new LongAccumulator(Math::max, 0);
    private volatile boolean stopped;
    private volatile boolean late;

    Pressure(Entrance entrance, Tally handled) {
        this.entrance = entrance;
        this.handled = handled;
        this.handledBefore = handled.sum();
    }

    void start(int number, int messagesPerSecond) {
        long gap = Duration.ofSeconds(number).toNanos() / messagesPerSecond;
        for (int sender = 0; sender < number; sender++) {
            startOne(gap);
        }
    }

    /** One more. */
    Thread startOne(long gap) {
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                sendOn(gap);
            } catch (Throwable refused) {
                // the end of this sender
            }
        });
        senders.add(thread);
        thread.start();
        return thread;
    }

    private void sendOn(long gap) throws Exception {
        long due = System.nanoTime();
        while (!stopped) {
            boolean tooLate = late;
            long all = begun.incrementAndGet();
            longestBacklog.accumulate(all - handled());
            entrance.send(MESSAGE);
            (tooLate ? acceptedLate : accepted).incrementAndGet();
            if (tooLate) {
                return;
            }
            long now = System.nanoTime();
            due = Math.max(due + gap, now - gap);
            if (now < due) {
                LockSupport.parkNanos(due - now);
            }
        }
    }

    /** They end when they come back from their send. */
    void stop() {
        stopped = true;
    }

    /** Messages are late from now on; each sender has one more of these. */
    void late() {
        late = true;
    }

    /** How many of the senders are still there after a while. */
    long alive(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread sender : senders) {
            sender.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        return senders.stream().filter(Thread::isAlive).count();
    }

    long handled() {
        return handled.sum() - handledBefore;
    }

    long accepted() {
        return accepted.get();
    }

    long acceptedLate() {
        return acceptedLate.get();
    }

    /** The most messages that were in the queue, in hand, and with senders who waited, at any time. */
    long longestBacklog() {
        return longestBacklog.get();
    }
}
