package dev.channels.benchmarks.spring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some rows of the table: a task that several applications do.
 *
 * @param name what it is called
 * @param task what is done
 * @param settings for the task, and with two hyphens for the application; the last one counts
 * @param contestants who does it, the one that is compared with first
 * @param forks how many JVMs for each, as a multiple of what was asked for
 * @param heap whether the JVM gets a large heap of fixed size
 * @param figures what is told of it
 */
record Workload(
        String name,
        Task task,
        List<String> settings,
        List<Contestant> contestants,
        int forks,
        boolean heap,
        List<Figure> figures) {

    static Workload of(
            String name, Task task, List<String> settings, List<Contestant> contestants, List<Figure> figures) {
        return new Workload(name, task, settings, contestants, 1, true, figures);
    }

    /** In a JVM as it is without options, and more of them. */
    Workload inPlainJvms(int times) {
        return new Workload(name, task, settings, contestants, times, false, figures);
    }

    Contestant base() {
        return contestants.getFirst();
    }

    /** Each has to be the first once: what a machine does meanwhile changes slowly. */
    List<Contestant> order(int fork) {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, -fork);
        return order;
    }
}
