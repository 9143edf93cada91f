package dev.channels;

/** Where failures of foreign code go that no caller can be told of. */
final class Uncaught {

    private Uncaught() {}

    /** As the JVM does it: what the handler itself throws is ignored. */
    static void report(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable ignored) {
            // There is nobody left to tell.
        }
    }
}
