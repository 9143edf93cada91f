package dev.channels.benchmarks.spring.floor;

import dev.channels.benchmarks.spring.common.Entrance;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
class Workers implements Entrance {

    private static final long END = Long.MIN_VALUE;

    private final BlockingQueue<Long> queue;
    private final int workers;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Workers(@Value("${floor.capacity}") int capacity, @Value("${floor.workers}") int workers, Listener listener) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.workers = workers;
        this.listener = listener;
    }

    @PostConstruct
    void start() {
        for (int worker = 0; worker < workers; worker++) {
            threads.add(Thread.ofVirtual().start(this::work));
        }
    }

    @Override
    public void send(Long message) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        queue.put(message);
    }

    private void work() {
        try {
            for (Long message = queue.take(); message != END; message = queue.take()) {
                listener.handle(message);
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        while (!queue.isEmpty()) {
            Thread.sleep(1);
        }
        for (int worker = 0; worker < workers; worker++) {
            queue.put(END);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
