package com.example.shutdown;

import dev.channels.spring.ChannelListener;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** a to b to c, which is slow. */
@Component
@Profile("chain")
class Chain {

    private final Ledger ledger;
    private final Closing closing;

    Chain(Ledger ledger, Closing closing) {
        this.ledger = ledger;
        this.closing = closing;
    }

    @ChannelListener(value = "a", sendTo = "b")
    Item first(Item item) {
        ledger.write("passed", "a", item);
        return item;
    }

    @ChannelListener(value = "b", sendTo = "c")
    Item second(Item item) {
        ledger.write("passed", "b", item);
        return item;
    }

    @ChannelListener("c")
    void last(Item item) throws InterruptedException {
        closing.awaitFor(item);
        Thread.sleep(5);
        ledger.write("handled", "c", item);
    }
}
