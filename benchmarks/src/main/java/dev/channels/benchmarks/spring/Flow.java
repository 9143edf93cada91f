package dev.channels.benchmarks.spring;

import com.sun.management.ThreadMXBean;
import dev.channels.benchmarks.Spread;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As many messages as get through: the time for each, and the bytes that are allocated for it, by whichever thread. */
final class Flow implements Task.Procedure {

    private static final int FIRST = 1_000;
    private static final int FASTER_AT_MOST = 4;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public Map<String, Double> of(Running running) throws Exception {
        Burst burst = new Burst(
                running.number("senders"), running.entrance(), running.work().handled());
        int rounds = running.number("rounds");
        try (Scraper scraper = Scraper.of(running.context())) {
            int messages = warmUp(burst, running.millis("warm-up"), running.millis("round"));
            List<Double> nanos = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                System.gc();
                nanos.add((double) burst.run(messages) / messages);
            }
            List<Double> bytes = new ArrayList<>();
            for (int round = 0; round < Math.max(1, rounds / 3); round++) {
                long once = allocated(burst, messages);
                bytes.add((double) (allocated(burst, 2 * messages) - once) / messages);
            }
            scraper.check();
            double median = Spread.of(nanos).median();
            return Map.of(
                    "nanos",
                    median,
                    "per-second",
                    Duration.ofSeconds(1).toNanos() / median,
                    "bytes",
                    Spread.of(bytes).median());
        }
    }

    /** How many messages take the time of a round, once the JVM has got used to them. */
    private static int warmUp(Burst burst, Duration time, Duration round) throws InterruptedException {
        long start = System.nanoTime();
        long messages = FIRST;
        while (System.nanoTime() - start < time.toNanos()) {
            long nanos = burst.run((int) messages);
            messages = Math.max(
                    FIRST, Math.min(FASTER_AT_MOST * messages, (long) ((double) messages * round.toNanos() / nanos)));
        }
        return (int) messages;
    }

    /** A round of twice as many messages differs from a round in these alone: what its threads take is in both. */
    private long allocated(Burst burst, int messages) throws InterruptedException {
        long before = threads.getTotalThreadAllocatedBytes();
        burst.run(messages);
        return threads.getTotalThreadAllocatedBytes() - before;
    }
}
