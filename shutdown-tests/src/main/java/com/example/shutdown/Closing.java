package com.example.shutdown;

import java.util.concurrent.CountDownLatch;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps work undone until the context closes, so that there is always something to drain. */
@Component
class Closing {

    private static final int DONE_BEFORE = 10;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final Ledger ledger;

    Closing(Ledger ledger) {
        this.ledger = ledger;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void begin(ContextClosedEvent event) {
        ledger.write("closing\n");
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Lets a producer's first messages pass, and the others when the context closes. */
    void awaitFor(Item item) throws InterruptedException {
        if (item.number() >= DONE_BEFORE) {
            begun.await();
        }
    }
}
