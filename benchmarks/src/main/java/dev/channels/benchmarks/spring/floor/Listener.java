package dev.channels.benchmarks.spring.floor;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.stereotype.Component;

@Component
class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    void handle(Long message) throws InterruptedException {
        work.on(message);
    }
}
