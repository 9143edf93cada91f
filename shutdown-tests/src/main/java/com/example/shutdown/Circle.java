package com.example.shutdown;

import dev.channels.spring.ChannelListener;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Ping to pong to ping; when the context closes each item has some laps to go. */
@Component
@Profile("circle")
class Circle {

    private final Ledger ledger;
    private final Closing closing;

    Circle(Ledger ledger, Closing closing) {
        this.ledger = ledger;
        this.closing = closing;
    }

    @ChannelListener(value = "ping", sendTo = "pong")
    Item ping(Item item) throws InterruptedException {
        Thread.sleep(1);
        return item;
    }

    @ChannelListener(value = "pong", sendTo = "ping")
    @Nullable Item pong(Item item) {
        if (!closing.hasBegun()) {
            return item;
        }
        if (item.laps() == 0) {
            ledger.write("handled", "pong", item);
            return null;
        }
        return item.nextLap();
    }
}
