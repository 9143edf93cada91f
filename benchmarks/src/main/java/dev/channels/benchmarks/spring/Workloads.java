package dev.channels.benchmarks.spring;

import static dev.channels.benchmarks.spring.Contestant.ASYNC_POOL;
import static dev.channels.benchmarks.spring.Contestant.ASYNC_VIRTUAL;
import static dev.channels.benchmarks.spring.Contestant.CHANNEL_BY_HAND;
import static dev.channels.benchmarks.spring.Contestant.CONTEXT_EMPTY;
import static dev.channels.benchmarks.spring.Contestant.CONTEXT_MDC;
import static dev.channels.benchmarks.spring.Contestant.CONTEXT_THREAD_LOCAL;
import static dev.channels.benchmarks.spring.Contestant.EMPTY;
import static dev.channels.benchmarks.spring.Contestant.FLOOR;
import static dev.channels.benchmarks.spring.Contestant.FLOOR_REQUESTS;
import static dev.channels.benchmarks.spring.Contestant.JOX_BY_HAND;
import static dev.channels.benchmarks.spring.Contestant.METERS;
import static dev.channels.benchmarks.spring.Contestant.OBSERVED_BY_METERS;
import static dev.channels.benchmarks.spring.Contestant.OBSERVED_BY_NOBODY;
import static dev.channels.benchmarks.spring.Contestant.OURS;
import static dev.channels.benchmarks.spring.Contestant.OURS_IDLE;
import static dev.channels.benchmarks.spring.Contestant.OURS_START;
import static dev.channels.benchmarks.spring.Contestant.OUR_REQUESTS;
import static dev.channels.benchmarks.spring.Contestant.QUEUE_CHANNEL;
import static dev.channels.benchmarks.spring.Contestant.SCRAPED;
import static dev.channels.benchmarks.spring.Contestant.TIMED;
import static dev.channels.benchmarks.spring.Contestant.TOLD;
import static dev.channels.benchmarks.spring.Contestant.TRACED;

import dev.channels.benchmarks.spring.Figure.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the table, and what ours is to reach. */
final class Workloads {

    private static final List<Contestant> ALL =
            List.of(FLOOR, OURS, JOX_BY_HAND, ASYNC_POOL, ASYNC_VIRTUAL, QUEUE_CHANNEL);
    private static final List<Contestant> ALL_AND_THE_CHANNEL =
            Stream.concat(ALL.stream(), Stream.of(CHANNEL_BY_HAND)).toList();
    private static final int CAPACITY = 128;
    private static final int WORKERS = 4;
    private static final int QUEUED = 8_000;
    /** Ten times as many as four workers can do with a millisecond each. */
    private static final int TOO_MANY = 40_000;

    private Workloads() {}

    static List<Workload> all(boolean quick) {
        return Stream.of(
                        flows(quick),
                        List.of(pace(quick)),
                        prices(quick),
                        requests(quick),
                        footprint(quick),
                        List.of(overload(quick), close(), timeOut()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Workload> flows(boolean quick) {
        return List.of(
                Workload.of(
                        "no-op listener, 1 sender",
                        Task.FLOW,
                        flow(quick, 1, 100),
                        ALL_AND_THE_CHANNEL,
                        List.of(
                                Figure.ratio("nanos", "time", "ns", Goal.atMost(1.0, 0.6)),
                                Figure.itself("bytes", "bytes for each", "B", Goal.atMost(12, 3)))),
                Workload.of(
                        "no-op listener, 8 senders",
                        Task.FLOW,
                        flow(quick, 8, 100),
                        ALL_AND_THE_CHANNEL,
                        List.of(
                                Figure.ratio("nanos", "time", "ns", Goal.atMost(0.9, 0.5)),
                                Figure.itself("bytes", "bytes for each", "B", Goal.atMost(12, 3)))),
                Workload.of(
                        "1 ms of work, 100 workers, 8 senders",
                        Task.FLOW,
                        and(flow(quick, 8, 500), "--workers=100", "--work.millis=1", "--work.places=100"),
                        ALL,
                        List.of(Figure.ratio("per-second", "throughput", "/s", Goal.atLeast(0.98, 1.0)))));
    }

    private static Workload pace(boolean quick) {
        return Workload.of(
                "10,000 a second",
                Task.PACE,
                and(
                        sizes(CAPACITY),
                        "rate=10000",
                        "warm-up=" + (quick ? 2_000 : 5_000),
                        "time=" + (quick ? 3_000 : 10_000)),
                ALL,
                List.of(
                        Figure.ratio("p50", "latency p50", "µs", Goal.atMost(1.15, 1.0)),
                        Figure.ratio("p99", "latency p99", "µs", Goal.atMost(1.5, 1.2)),
                        Figure.ratio("load", "CPU", "% of a core", Goal.atMost(1.15, 1.0))));
    }

    private static List<Workload> prices(boolean quick) {
        List<Figure> price = List.of(
                Figure.ratio("nanos", "time", "ns", Goal.NONE),
                Figure.itself("bytes", "bytes for each", "B", Goal.NONE));
        List<Workload> prices = new ArrayList<>();
        for (int senders : List.of(1, 8)) {
            prices.add(Workload.of(
                    "Prometheus, %d senders".formatted(senders).replace("1 senders", "1 sender"),
                    Task.FLOW,
                    flow(quick, senders, 1_100),
                    List.of(OURS, SCRAPED, METERS),
                    List.of(Figure.ratio("nanos", "time", "ns", Goal.atMost(1.3, 1.1)))));
        }
        prices.add(Workload.of(
                "price, 1 sender",
                Task.FLOW,
                flow(quick, 1, 100),
                List.of(
                        OURS,
                        METERS,
                        TIMED,
                        CONTEXT_EMPTY,
                        CONTEXT_THREAD_LOCAL,
                        CONTEXT_MDC,
                        OBSERVED_BY_NOBODY,
                        OBSERVED_BY_METERS,
                        TRACED),
                price));
        return prices;
    }

    private static List<Workload> requests(boolean quick) {
        List<Contestant> contestants = List.of(FLOOR_REQUESTS, OUR_REQUESTS);
        return List.of(
                Workload.of(
                        "request and reply, 1 caller",
                        Task.FLOW,
                        flow(quick, 1, 100),
                        contestants,
                        List.of(Figure.ratio("nanos", "time", "ns", Goal.atMost(1.1, 0.9)))),
                Workload.of(
                        "request and reply, 8 callers",
                        Task.FLOW,
                        flow(quick, 8, 100),
                        contestants,
                        List.of(Figure.ratio("nanos", "time", "ns", Goal.atMost(1.0, 0.8)))));
    }

    private static List<Workload> footprint(boolean quick) {
        return List.of(
                Workload.of(
                                "start",
                                Task.START,
                                List.of(),
                                List.of(EMPTY, OURS_START),
                                List.of(
                                        Figure.adds("millis", "time until ready", "ms", Goal.atMost(90, 50)),
                                        Figure.adds("megabytes", "memory", "MB", Goal.atMost(8, 4)),
                                        Figure.adds("classes", "classes", "", Goal.atMost(250, 150))))
                        .inPlainJvms(3),
                Workload.of(
                                "idle, 10 listeners of 4 workers",
                                Task.IDLE,
                                List.of("warm-up=" + (quick ? 6_000 : 15_000), "time=" + (quick ? 5_000 : 20_000)),
                                List.of(EMPTY, OURS_IDLE),
                                List.of(Figure.adds("millis", "CPU", "ms/s", Goal.atMost(0.5, 0))))
                        .inPlainJvms(1));
    }

    private static Workload overload(boolean quick) {
        int senders = 8;
        return Workload.of(
                "overload, 40,000 a second for 4,000",
                Task.OVERLOAD,
                and(
                        sizes(CAPACITY),
                        "senders=" + senders,
                        "rate=" + TOO_MANY,
                        "time=" + (quick ? 2_000 : 5_000),
                        "--work.millis=1",
                        "--work.places=" + WORKERS),
                ALL,
                List.of(
                        Figure.itself("backlog", "backlog", "", Goal.alwaysAtMost(CAPACITY + WORKERS + senders)),
                        Figure.itself("megabytes", "heap grows by", "MB", Goal.alwaysAtMost(3)),
                        Figure.itself("lost", "lost", "", Goal.alwaysAtMost(0))));
    }

    private static Workload close() {
        return Workload.of(
                "close, 8,000 queued",
                Task.CLOSE,
                closing(),
                ALL,
                List.of(
                        Figure.itself("lost", "lost", "", Goal.alwaysAtMost(0)),
                        Figure.ratio("millis", "time of close", "ms", Goal.atMost(1.15, 1.0)),
                        Figure.itself("late", "late sends accepted", "", Goal.alwaysAtMost(0)),
                        Figure.itself("stuck", "senders stuck after 300 ms", "", Goal.alwaysAtMost(0)),
                        Figure.itself("afterwards", "handled after close", "", Goal.alwaysAtMost(0))));
    }

    private static Workload timeOut() {
        return Workload.of(
                "close, 8,000 queued and a second of time",
                Task.CLOSE,
                and(closing(), "--spring.lifecycle.timeout-per-shutdown-phase=1s"),
                List.of(TOLD),
                List.of(
                        Figure.itself("left", "left behind", "", Goal.NONE),
                        Figure.itself("untold", "of which AbandonedMessages were not told", "", Goal.alwaysAtMost(0)),
                        Figure.itself("unlogged", "of which the log does not tell", "", Goal.alwaysAtMost(0)),
                        Figure.itself("stuck", "senders stuck after 300 ms", "", Goal.alwaysAtMost(0)),
                        Figure.itself("afterwards", "handled after close", "", Goal.alwaysAtMost(0))));
    }

    private static List<String> closing() {
        return and(
                sizes(QUEUED),
                "senders=8",
                "rate=" + TOO_MANY,
                "queued=" + QUEUED,
                "--work.millis=1",
                "--work.places=" + WORKERS);
    }

    private static List<String> flow(boolean quick, int senders, int round) {
        return and(
                sizes(CAPACITY),
                "senders=" + senders,
                "warm-up=" + (quick ? 1_500 : 4_000),
                "round=" + round,
                "rounds=" + (quick ? 3 : Math.clamp(1_500 / round, 5, 15)));
    }

    private static List<String> sizes(int capacity) {
        return List.of("--capacity=" + capacity, "--workers=" + WORKERS);
    }

    /** The others, and these in their place where they say something else. */
    private static List<String> and(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        for (String setting : more) {
            all.removeIf(other -> name(other).equals(name(setting)));
            all.add(setting);
        }
        return all;
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }
}
