package dev.channels.benchmarks.spring.oursidle;

import dev.channels.spring.ChannelListener;
import org.springframework.stereotype.Component;

@Component
class Listener {

    @ChannelListener(value = "one", id = "one")
    @ChannelListener(value = "two", id = "two")
    @ChannelListener(value = "three", id = "three")
    @ChannelListener(value = "four", id = "four")
    @ChannelListener(value = "five", id = "five")
    @ChannelListener(value = "six", id = "six")
    @ChannelListener(value = "seven", id = "seven")
    @ChannelListener(value = "eight", id = "eight")
    @ChannelListener(value = "nine", id = "nine")
    @ChannelListener(value = "ten", id = "ten")
    void handle(Long message) {
        throw new IllegalStateException("nobody sends");
    }
}
