package dev.channels;

import java.util.concurrent.Callable;

/** The two kinds of threads that use a channel. */
enum Threads {
    PLATFORM,
    VIRTUAL;

    /** Starts a thread that has a result. */
    <T> Running<T> start(Callable<T> work) {
        return Running.start(newThread(), work);
    }

    /** Starts a thread that only does something. */
    Running<Void> run(Action work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    /** The kinds by turns, for threads that are mixed on one channel. */
    static Threads alternating(int number) {
        return number % 2 == 0 ? PLATFORM : VIRTUAL;
    }

    private Thread.Builder newThread() {
        return this == PLATFORM ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    }

    /** Something to do that may throw anything. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
