package dev.channels;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting inside callbacks, which may not throw checked exceptions. */
final class Uninterrupted {

    private Uninterrupted() {}

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody released the callback");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
