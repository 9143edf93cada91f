package dev.channels.benchmarks.spring;

import static dev.channels.benchmarks.spring.Library.ACTUATOR;
import static dev.channels.benchmarks.spring.Library.BOOT;
import static dev.channels.benchmarks.spring.Library.CHANNELS;
import static dev.channels.benchmarks.spring.Library.CONTEXT;
import static dev.channels.benchmarks.spring.Library.INTEGRATION;
import static dev.channels.benchmarks.spring.Library.JOX;
import static dev.channels.benchmarks.spring.Library.OBSERVATION;
import static dev.channels.benchmarks.spring.Library.TRACING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An application: the package with its classes, its libraries, and the profiles of its {@code application.yml}. */
enum Contestant {
    /** Nothing. */
    EMPTY("empty application", "empty", EnumSet.of(BOOT)),
    /** What everybody is measured by. */
    FLOOR("floor", "floor", EnumSet.of(BOOT)),
    /** A channel of Jox and workers by hand. */
    JOX_BY_HAND("Jox by hand", "jox", EnumSet.of(BOOT, JOX)),
    /** An asynchronous event listener, a virtual thread for each message. */
    ASYNC_VIRTUAL("@Async @EventListener, virtual threads", "async", EnumSet.of(BOOT), "virtual"),
    /** An asynchronous event listener on a pool. */
    ASYNC_POOL("@Async @EventListener, pool with CallerRuns", "async", EnumSet.of(BOOT), "pool"),
    /** Spring Integration. */
    QUEUE_CHANNEL("Spring Integration QueueChannel", "integration", EnumSet.of(BOOT, INTEGRATION)),
    /** A channel of this project and workers by hand. */
    CHANNEL_BY_HAND("our channel, workers by hand", "byhand", EnumSet.of(BOOT, CHANNELS)),
    /** This project. */
    OURS("ours", "ours", EnumSet.of(BOOT, CHANNELS)),
    /** As a web application whose Prometheus endpoint is read every second. */
    SCRAPED("Prometheus, scraped every second", "ours", EnumSet.of(BOOT, CHANNELS, ACTUATOR), "scraped"),
    /** With the libraries of a web application, and nobody asks. */
    METERS("meters, nobody reads them", "ours", EnumSet.of(BOOT, CHANNELS, ACTUATOR), "quiet"),
    /** With time in queue. */
    TIMED("time in queue", "ours", EnumSet.of(BOOT, CHANNELS, ACTUATOR), "quiet", "timed"),
    /** With the sender's context, in which there is nothing. */
    CONTEXT_EMPTY("context propagation, nothing in it", "ours", EnumSet.of(BOOT, CHANNELS, CONTEXT), "context"),
    /** With the sender's context, in which there is one thread-local. */
    CONTEXT_THREAD_LOCAL(
            "context propagation, one accessor",
            "ours",
            EnumSet.of(BOOT, CHANNELS, CONTEXT),
            "context",
            "thread-local"),
    /** With the sender's context, in which there is an MDC. */
    CONTEXT_MDC("context propagation, MDC", "ours", EnumSet.of(BOOT, CHANNELS, CONTEXT), "context", "mdc"),
    /** With an observation that nobody is told of. */
    OBSERVED_BY_NOBODY("observation, no handler", "ours", EnumSet.of(BOOT, CHANNELS, OBSERVATION), "observed"),
    /** With an observation that becomes a timer. */
    OBSERVED_BY_METERS("observation, timer", "ours", EnumSet.of(BOOT, CHANNELS, ACTUATOR), "quiet", "observed"),
    /** With an observation that becomes a trace, a tenth of which are sampled, in the sender's context. */
    TRACED(
            "observation, timer and trace, context",
            "ours",
            EnumSet.of(BOOT, CHANNELS, ACTUATOR, CONTEXT, TRACING),
            "quiet",
            "traced"),
    /** With a bean that is told of what was left behind. */
    TOLD("ours", "ours", EnumSet.of(BOOT, CHANNELS), "told"),
    /** Request and reply by hand. */
    FLOOR_REQUESTS("floor", "floorrequests", EnumSet.of(BOOT)),
    /** Request and reply. */
    OUR_REQUESTS("ours", "oursrequests", EnumSet.of(BOOT, CHANNELS)),
    /** One listener, and nothing else. */
    OURS_START("ours", "oursstart", EnumSet.of(BOOT, CHANNELS)),
    /** Ten listeners. */
    OURS_IDLE("ours", "oursidle", EnumSet.of(BOOT, CHANNELS));

    private final String label;
    private final String folder;
    // Neither is changed.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Library> libraries;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> profiles;

    Contestant(String label, String folder, Set<Library> libraries, String... profiles) {
        this.label = label;
        this.folder = folder;
        this.libraries = libraries;
        this.profiles = List.of(profiles);
    }

    String label() {
        return label;
    }

    /** Where its {@code application.yml} is: a root of its class path, below the classes of this module. */
    String folder() {
        return folder;
    }

    String applicationClass() {
        return Contestant.class.getPackageName() + "." + folder + ".Application";
    }

    Set<Library> libraries() {
        return libraries;
    }

    List<String> profiles() {
        return profiles;
    }

    /** Whether it has goals to reach. */
    boolean isOurs() {
        return libraries.contains(CHANNELS) && this != CHANNEL_BY_HAND;
    }
}
