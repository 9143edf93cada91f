package dev.channels.benchmarks.spring.oursrequests;

import dev.channels.Requester;
import dev.channels.benchmarks.spring.common.Entrance;
import org.springframework.stereotype.Component;

@Component
class Door implements Entrance {

    private final Requester<Long, Long> questions;

    Door(Requester<Long, Long> questions) {
        this.questions = questions;
    }

    @Override
    public void send(Long message) throws InterruptedException {
        if (!questions.request(message).equals(message)) {
            throw new IllegalStateException("a wrong answer");
        }
    }
}
