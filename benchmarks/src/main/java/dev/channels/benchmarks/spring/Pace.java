package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.spring.common.Entrance;
import dev.channels.benchmarks.spring.common.Work;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages at a given pace, and how long each is under way. The time runs from when a message was due, though it may be
 * sent later because another one could not get in. That the sender's own wait took too long is nobody's fault: what was
 * due in that time was due when it came back.
 */
final class Pace implements Task.Procedure {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public Map<String, Double> of(Running running) throws Exception {
        int rate = running.number("rate");
        Run warmUp = new Run(running, rate, running.millis("warm-up"));
        warmUp.go();
        Run run = new Run(running, rate, running.millis("time"));
        System.gc();
        long cpu = Cpu.nanos();
        long start = System.nanoTime();
        run.go();
        double load = (double) (Cpu.nanos() - cpu) / (System.nanoTime() - start);
        long[] latencies = run.latencies();
        return Map.of(
                "p50", percentile(latencies, 50),
                "p99", percentile(latencies, 99),
                "load", 100 * load);
    }

    /** In microseconds, of sorted nanoseconds. */
    static double percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, (int) ((long) sorted.length * percent / 100))] / 1000.0;
    }

    private static final class Run {

        private final Entrance entrance;
        private final Work work;
        private final long gap;
        private final Long[] messages;
        private final long[] starts;
        private final long[] ends;

        Run(Running running, int rate, Duration time) {
            this.entrance = running.entrance();
            this.work = running.work();
            this.gap = SECOND / rate;
            this.messages = new Long[(int) (time.toNanos() / gap)];
            Arrays.setAll(messages, Long::valueOf);
            this.starts = new long[messages.length];
            this.ends = new long[messages.length];
            work.noteEnds(ends);
        }

        void go() throws Exception {
            long expected = work.handled().sum() + (long) messages.length * (messages.length - 1) / 2;
            long first = System.nanoTime() + gap;
            long cameBack = first;
            for (int number = 0; number < messages.length; number++) {
                long due = first + number * gap;
                long now = System.nanoTime();
                while (now < due) {
                    LockSupport.parkNanos(due - now);
                    now = System.nanoTime();
                    cameBack = now;
                }
                starts[number] = Math.max(due, cameBack);
                entrance.send(messages[number]);
            }
            long last = System.nanoTime();
            while (work.handled().sum() != expected) {
                if (System.nanoTime() - last > PATIENCE.toNanos()) {
                    throw new IllegalStateException("messages were lost, or handled twice");
                }
                Thread.sleep(1);
            }
        }

        long[] latencies() {
            long[] latencies = new long[ends.length];
            Arrays.setAll(latencies, number -> ends[number] - starts[number]);
            Arrays.sort(latencies);
            return latencies;
        }
    }
}
