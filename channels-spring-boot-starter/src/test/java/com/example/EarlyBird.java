package com.example;

import dev.channels.Sender;

/** A bean that sends before anybody listens. */
public final class EarlyBird {

    private final Sender<Integer> orders;

    public EarlyBird(Sender<Integer> orders) {
        this.orders = orders;
    }

    public void init() throws InterruptedException {
        orders.send(1);
        orders.send(2);
    }
}
