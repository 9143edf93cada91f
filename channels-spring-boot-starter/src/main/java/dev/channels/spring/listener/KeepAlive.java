package dev.channels.spring.listener;

import java.util.concurrent.CountDownLatch;

/** Keeps the JVM up while listeners run: their threads are virtual, and virtual threads are daemons. */
final class KeepAlive {

    private final CountDownLatch released = new CountDownLatch(1);

    KeepAlive() {
        Thread.ofPlatform().daemon(false).name("channels-keep-alive").start(this::await);
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException interrupted) {
            // Whoever interrupts this thread wants it to end.
        }
    }

    void release() {
        released.countDown();
    }
}
