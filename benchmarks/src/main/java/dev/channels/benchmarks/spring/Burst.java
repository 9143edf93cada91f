package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.Messages;
import dev.channels.benchmarks.Share;
import dev.channels.benchmarks.spring.common.Entrance;
import dev.channels.benchmarks.spring.common.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A number of messages as fast as several senders get them in, each a virtual thread. */
final class Burst {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofNanos(20_000);

    private final int senders;
    private final Entrance entrance;
    private final Tally handled;

    Burst(int senders, Entrance entrance, Tally handled) {
        this.senders = senders;
        this.entrance = entrance;
        this.handled = handled;
    }

    /** The nanoseconds from the moment when the senders are let go until the last message is handled. */
    long run(int messages) throws InterruptedException {
        long expected = handled.sum() + Messages.sum(messages);
        CountDownLatch ready = new CountDownLatch(senders);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            Share share = Share.of(messages, sender, senders);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    try {
                        entrance.begin();
                    } finally {
                        ready.countDown();
                    }
                    go.await();
                    for (long number = share.from(); number < share.to(); number++) {
                        entrance.send(Messages.get(number));
                    }
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            }));
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        while (handled.sum() != expected) {
            if (failure.get() != null || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("messages were lost, or handled twice", failure.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return System.nanoTime() - start;
    }
}
