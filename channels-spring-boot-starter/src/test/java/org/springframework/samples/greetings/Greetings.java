package org.springframework.samples.greetings;

import dev.channels.Channel;
import dev.channels.spring.ChannelListener;
import org.springframework.stereotype.Component;

/** A component of an application whose package looks like one of Spring's. */
@Component
public class Greetings {

    /** What came. */
    public final Channel<String> received = Channel.unbounded();

    @ChannelListener("hellos")
    void handle(String greeting) {
        received.trySend(greeting);
    }
}
