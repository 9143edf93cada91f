package dev.channels.benchmarks.spring.floorrequests;

import dev.channels.benchmarks.spring.common.Entrance;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
class Workers implements Entrance {

    private final BlockingQueue<Question> queue;
    private final int workers;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();

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
    public void send(Long message) throws Exception {
        Question question = new Question(message, new CompletableFuture<>());
        queue.put(question);
        if (!question.answer.get().equals(message)) {
            throw new IllegalStateException("a wrong answer");
        }
    }

    private void work() {
        try {
            while (true) {
                Question question = queue.take();
                try {
                    question.answer.complete(listener.answer(question.message));
                } catch (RuntimeException failure) {
                    question.answer.completeExceptionally(failure);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() {
        threads.forEach(Thread::interrupt);
    }

    private record Question(Long message, CompletableFuture<Long> answer) {}
}
