package dev.channels.benchmarks;

import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Who is measured. */
public enum PeerName {
    /** The channel of this project. */
    OURS("ours", Family.OURS),
    /** A channel of Jox. */
    JOX("Jox", Family.JOX),
    /** A channel of Kotlin, between coroutines. */
    KOTLIN("Kotlin", Family.KOTLIN),
    /** {@link java.util.concurrent.ArrayBlockingQueue}. */
    ARRAY_BLOCKING_QUEUE("ArrayBlockingQueue", Family.JDK),
    /** {@link java.util.concurrent.LinkedBlockingQueue}. */
    LINKED_BLOCKING_QUEUE("LinkedBlockingQueue", Family.JDK),
    /** {@link java.util.concurrent.LinkedTransferQueue}. */
    LINKED_TRANSFER_QUEUE("LinkedTransferQueue", Family.JDK),
    /** {@link java.util.concurrent.SynchronousQueue}. */
    SYNCHRONOUS_QUEUE("SynchronousQueue", Family.JDK),
    /** {@link java.util.concurrent.SynchronousQueue} that serves whoever waits longest. */
    FAIR_SYNCHRONOUS_QUEUE("SynchronousQueue(fair)", Family.JDK),
    /** A queue of JCTools that never waits: it asks again and again. */
    JCTOOLS("JCTools", Family.JCTOOLS),
    /** Our channel, while someone asks for its numbers. */
    POLLED("ours, polled", Family.POLLED);

    /** Who is compared as one. */
    public enum Family {
        /** We. */
        OURS,
        /** Jox. */
        JOX,
        /** What comes with Java. */
        JDK,
        /** Kotlin. */
        KOTLIN,
        /** JCTools. */
        JCTOOLS,
        /** We, under observation. */
        POLLED
    }

    private final String label;
    private final Family family;

    PeerName(String label, Family family) {
        this.label = label;
        this.family = family;
    }

    String label() {
        return label;
    }

    Family family() {
        return family;
    }

    /** Ours, and of the others in the table those whose label matches. */
    static Set<PeerName> inTable(Pattern pattern) {
        return Arrays.stream(values())
                .filter(name -> name.family != Family.POLLED)
                .filter(name -> name == OURS || pattern.matcher(name.label).find())
                .collect(toCollection(() -> EnumSet.noneOf(PeerName.class)));
    }
}
