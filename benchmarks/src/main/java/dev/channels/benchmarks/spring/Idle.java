package dev.channels.benchmarks.spring;

import java.time.Duration;
import java.util.Map;

/** The processor time of an application that has nothing to do, in milliseconds a second. */
final class Idle implements Task.Procedure {

    private static final double MILLI = Duration.ofMillis(1).toNanos();

    @Override
    public Map<String, Double> of(Running running) throws InterruptedException {
        Cpu.nanosOfLivingThreads();
        Thread.sleep(running.millis("warm-up"));
        Duration time = running.millis("time");
        long before = Cpu.nanosOfLivingThreads();
        Thread.sleep(time);
        long used = Cpu.nanosOfLivingThreads() - before;
        return Map.of("millis", used / MILLI * Duration.ofSeconds(1).toMillis() / time.toMillis());
    }
}
