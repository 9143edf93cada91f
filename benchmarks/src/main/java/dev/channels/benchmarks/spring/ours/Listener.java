package dev.channels.benchmarks.spring.ours;

import dev.channels.benchmarks.spring.common.Work;
import dev.channels.spring.ChannelListener;
import org.springframework.stereotype.Component;

@Component
class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    @ChannelListener("work")
    void handle(Long message) throws InterruptedException {
        work.on(message);
    }
}
