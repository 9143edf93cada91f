package dev.channels.benchmarks.spring;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Map;

/** What a start has taken, measured at its end. */
final class Start implements Task.Procedure {

    private static final double MEGABYTE = 1 << 20;

    @Override
    public Map<String, Double> of(Running running) {
        long now = System.currentTimeMillis();
        double classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        long millis = now - ManagementFactory.getRuntimeMXBean().getStartTime();
        return Map.of("millis", (double) millis, "classes", classes, "megabytes", bytes() / MEGABYTE);
    }

    /** The heap without garbage, and the classes. */
    private static double bytes() {
        System.gc();
        System.gc();
        return Heap.used()
                + ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .mapToLong(Start::used)
                        .sum();
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }
}
