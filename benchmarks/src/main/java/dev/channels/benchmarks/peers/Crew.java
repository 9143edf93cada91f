package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Outcome;
import dev.channels.benchmarks.Stopwatch;
import dev.channels.benchmarks.Threading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** The threads of a round. They set out together. */
final class Crew {

    private final Thread.Builder builder;
    private final List<Work> workers = new ArrayList<>();
    private final List<Callable<Long>> receivers = new ArrayList<>();

    Crew(Threading threading) {
        this.builder = threading == Threading.VIRTUAL
                ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon();
    }

    /** Adds a thread that the clock does not wait for. */
    void work(Work work) {
        workers.add(work);
    }

    /** Adds a thread that results in the sum of what it received. */
    void receive(Callable<Long> receiver) {
        receivers.add(receiver);
    }

    Outcome run() throws Exception {
        CountDownLatch ready = new CountDownLatch(workers.size() + receivers.size());
        CountDownLatch start = new CountDownLatch(1);
        Stopwatch stopwatch = new Stopwatch(receivers.size());
        List<Work> all = new ArrayList<>(workers);
        receivers.forEach(receiver -> all.add(() -> stopwatch.received(receiver.call())));

        List<Thread> threads = new ArrayList<>();
        for (Work work : all) {
            threads.add(builder.start(() -> {
                try {
                    ready.countDown();
                    start.await();
                    work.run();
                } catch (Throwable failure) {
                    stopwatch.failed(failure);
                }
            }));
        }
        ready.await();
        try {
            stopwatch.start();
            start.countDown();
            Outcome outcome = stopwatch.await();
            for (Thread thread : threads) {
                thread.join();
            }
            return outcome;
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
