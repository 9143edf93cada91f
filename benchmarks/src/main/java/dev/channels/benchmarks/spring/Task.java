package dev.channels.benchmarks.spring;

import java.util.Map;

/** What a JVM does with its application. */
enum Task {
    /** Time and memory for a message. */
    FLOW,
    /** How long a message is under way, and what that costs the processor, at a given pace. */
    PACE,
    /** What a start takes. */
    START,
    /** What nothing costs. */
    IDLE,
    /** More messages than can be handled. */
    OVERLOAD,
    /** The end, with much left to do. */
    CLOSE;

    Map<String, Double> of(Running running) throws Exception {
        Procedure procedure = switch (this) {
            case FLOW -> new Flow();
            case PACE -> new Pace();
            case START -> new Start();
            case IDLE -> new Idle();
            case OVERLOAD -> new Overload();
            case CLOSE -> new Close();
        };
        return procedure.of(running);
    }

    /** How it is done. */
    @FunctionalInterface
    interface Procedure {
        Map<String, Double> of(Running running) throws Exception;
    }
}
