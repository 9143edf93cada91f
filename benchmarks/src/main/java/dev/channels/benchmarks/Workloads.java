package dev.channels.benchmarks;

import dev.channels.benchmarks.Shape.Chain;
import dev.channels.benchmarks.Shape.PingPong;
import dev.channels.benchmarks.Shape.SelectOver;
import dev.channels.benchmarks.Shape.Transfer;
import java.util.ArrayList;
import java.util.List;

/** The rows of the table. A round takes a tenth of a second, more or less. */
final class Workloads {

    static final List<Workload> ALL = all();

    private Workloads() {}

    static Workload named(String name) {
        return ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload '%s'".formatted(name)));
    }

    private static List<Workload> all() {
        Transfer oneToOne = new Transfer(1, 1);
        Workload rendezvous = Workload.of("1 to 1", oneToOne, 0, 200_000);
        Workload bounded = Workload.of("1 to 1", oneToOne, 128, 1_000_000);
        List<Workload> all = new ArrayList<>();
        all.add(rendezvous);
        all.add(Workload.of("1 to 1", oneToOne, 16, 1_000_000));
        all.add(bounded);
        all.add(Workload.of("1 to 1", oneToOne, 1024, 1_000_000));
        all.add(Workload.of("1 to 1", oneToOne, Workload.UNBOUNDED, 1_000_000));
        all.add(bounded.onPlatformThreads());
        for (Transfer shape :
                List.of(new Transfer(8, 1), new Transfer(8, 8), new Transfer(100, 4), new Transfer(1000, 1000))) {
            String name = shape.senders() + " to " + shape.receivers();
            all.add(Workload.of(name, shape, 0, 200_000));
            all.add(Workload.of(name, shape, 16, 400_000));
            all.add(Workload.of(name, shape, 128, 400_000));
        }
        all.add(Workload.of("ping-pong", new PingPong(), 0, 100_000));
        all.add(Workload.of("ping-pong", new PingPong(), 1, 100_000));
        all.add(Workload.of("chain of 10000", new Chain(10_000), 0, 50));
        all.add(Workload.of("chain of 10000", new Chain(10_000), 16, 400));
        all.add(Workload.of("select over 2", new SelectOver(2), 16, 300_000));
        all.add(Workload.of("select over 10", new SelectOver(10), 16, 300_000));
        all.add(rendezvous.onOneProcessor());
        return List.copyOf(all);
    }
}
