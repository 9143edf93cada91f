package dev.channels.benchmarks.spring.oursstart;

import dev.channels.spring.ChannelListener;
import org.springframework.stereotype.Component;

@Component
class Listener {

    @ChannelListener("work")
    void handle(Long message) {}
}
