package com.example.shutdown;

import dev.channels.spring.ChannelListener;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Nothing here comes to an end: one ignores interrupts, two wait for ever, and a circle goes round without end. */
@Component
@Profile("out-of-time")
class OutOfTime {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Ledger ledger;
    private final Closing closing;

    OutOfTime(Ledger ledger, Closing closing) {
        this.ledger = ledger;
        this.closing = closing;
    }

    @ChannelListener(value = "deaf", id = "deaf")
    void deaf(Item item) throws InterruptedException {
        closing.awaitFor(item);
        while (closing.hasBegun()) {
            try {
                Thread.sleep(FOR_EVER);
            } catch (InterruptedException ignored) {
                // That is the point.
            }
        }
        ledger.write("handled", "deaf", item);
    }

    @ChannelListener("stuck")
    void stuck(Item item) throws InterruptedException {
        closing.awaitFor(item);
        if (closing.hasBegun()) {
            Thread.sleep(FOR_EVER);
        }
        ledger.write("handled", "stuck", item);
    }

    @ChannelListener(value = "ping", sendTo = "pong")
    Item ping(Item item) throws InterruptedException {
        Thread.sleep(2);
        return item;
    }

    @ChannelListener(value = "pong", sendTo = "ping")
    Item pong(Item item) {
        return item;
    }
}
