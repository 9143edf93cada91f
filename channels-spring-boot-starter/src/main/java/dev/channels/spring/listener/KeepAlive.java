package dev.channels.spring.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps the JVM up while listeners run: their threads are virtual, and virtual threads are daemons. */
final class KeepAlive {

    private final AtomicReference<@Nullable CountDownLatch> held = new AtomicReference<>();

    void hold() {
        CountDownLatch released = new CountDownLatch(1);
        if (held.compareAndSet(null, released)) {
            Thread keeper = new Thread(() -> await(released), "channels-keep-alive");
            keeper.setDaemon(false);
            keeper.start();
        }
    }

    void release() {
        CountDownLatch released = held.getAndSet(null);
        if (released != null) {
            released.countDown();
        }
    }

    private static void await(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException interrupted) {
            // Whoever interrupts this thread wants it to end.
        }
    }
}
