package dev.channels.benchmarks.spring;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The time that the processors spent on this JVM. */
final class Cpu {

    private static final Path THREADS = Path.of("/proc/self/task");

    private Cpu() {}

    /** Good to a hundredth of a second, on Linux. */
    static long nanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Exact where the kernel tells it of each thread, but without the threads that have ended. */
    static long nanosOfLivingThreads() {
        try (Stream<Path> threads = Files.list(THREADS)) {
            List<Path> all = threads.toList();
            long sum = 0;
            for (Path thread : all) {
                sum += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
            }
            return sum;
        } catch (IOException notTold) {
            return nanos();
        }
    }
}
