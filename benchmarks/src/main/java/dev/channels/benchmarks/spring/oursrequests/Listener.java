package dev.channels.benchmarks.spring.oursrequests;

import dev.channels.benchmarks.spring.common.Work;
import dev.channels.spring.ChannelListener;
import org.springframework.stereotype.Component;

@Component
class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    @ChannelListener("questions")
    Long answer(Long question) throws InterruptedException {
        work.on(question);
        return question;
    }
}
