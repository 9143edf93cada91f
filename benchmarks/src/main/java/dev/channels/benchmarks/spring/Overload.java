package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.spring.common.Work;
import java.time.Duration;
import java.util.Map;

/** More messages than can be handled: how many wait, what that takes of the heap, and whether all are handled at last. */
final class Overload implements Task.Procedure {

    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    @Override
    public Map<String, Double> of(Running running) throws InterruptedException {
        Work work = running.work();
        int senders = running.number("senders");
        Pressure warmUp = new Pressure(running.entrance(), work.handled());
        // No more than can be handled.
        warmUp.start(senders, senders * 100);
        Thread.sleep(WARM_UP);
        end(warmUp);
        double before = Heap.megabytesWithoutGarbage();

        Pressure pressure = new Pressure(running.entrance(), work.handled());
        pressure.start(senders, running.number("rate"));
        Thread.sleep(running.millis("time"));
        double growth = Heap.megabytesWithoutGarbage() - before;
        work.hurry();
        end(pressure);
        return Map.of(
                "backlog", (double) pressure.longestBacklog(),
                "megabytes", growth,
                "lost", (double) (pressure.accepted() - pressure.handled()));
    }

    /** Waits until all is handled, or nothing seems to come any more. */
    private static void end(Pressure pressure) throws InterruptedException {
        pressure.stop();
        pressure.alive(PATIENCE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pressure.handled() < pressure.accepted() && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN);
        }
    }
}
