package dev.channels.benchmarks.spring.integration;

import dev.channels.benchmarks.spring.common.Entrance;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.stereotype.Component;

@Component
class Door implements Entrance {

    private final QueueChannel queue;

    Door(QueueChannel queue) {
        this.queue = queue;
    }

    @Override
    public void send(Long message) {
        if (!queue.send(new GenericMessage<>(message))) {
            throw new IllegalStateException("not sent");
        }
    }
}
