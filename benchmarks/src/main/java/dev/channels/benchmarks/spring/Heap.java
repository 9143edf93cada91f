package dev.channels.benchmarks.spring;

import java.lang.management.ManagementFactory;

/** The heap. */
final class Heap {

    private Heap() {}

    static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static double megabytesWithoutGarbage() {
        System.gc();
        return used() / (double) (1 << 20);
    }
}
