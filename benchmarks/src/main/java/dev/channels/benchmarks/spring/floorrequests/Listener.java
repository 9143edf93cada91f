package dev.channels.benchmarks.spring.floorrequests;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.stereotype.Component;

@Component
class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    Long answer(Long question) throws InterruptedException {
        work.on(question);
        return question;
    }
}
