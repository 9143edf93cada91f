package dev.channels.benchmarks.spring.async;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

@Component
class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    @Async
    @EventListener
    void handle(Long message) throws InterruptedException {
        work.on(message);
    }
}
