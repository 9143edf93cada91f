package dev.channels.benchmarks.spring.common;

/** A bean of applications that are told what they did not handle. */
@FunctionalInterface
public interface LeftBehind {

    /**
     * How many messages it was told of.
     *
     * @return the number
     */
    long count();
}
