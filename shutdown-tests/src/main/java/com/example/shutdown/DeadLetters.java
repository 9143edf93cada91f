package com.example.shutdown;

import dev.channels.spring.ChannelListener;
import dev.channels.spring.DeadLetter;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Of the orders one third always fails, and one third the first time. Visits always fail, and nobody reads of it. */
@Component
@Profile("dead-letters")
class DeadLetters {

    private final Set<Item> tried = ConcurrentHashMap.newKeySet();
    private final Ledger ledger;
    private final Closing closing;

    DeadLetters(Ledger ledger, Closing closing) {
        this.ledger = ledger;
        this.closing = closing;
    }

    @ChannelListener("orders")
    void order(Item item) throws Exception {
        closing.awaitFor(item);
        boolean first = tried.add(item);
        if (item.number() % 3 == 0 || (item.number() % 3 == 1 && first)) {
            throw new IOException("no answer");
        }
        ledger.write("handled", "orders", item);
    }

    @ChannelListener("failed")
    void failed(DeadLetter<Item> letter) throws InterruptedException {
        Thread.sleep(5);
        ledger.write("dead", "failed", letter.payload());
    }

    @ChannelListener("visits")
    void visit(Item item) throws IOException {
        throw new IOException("nobody at home");
    }
}
