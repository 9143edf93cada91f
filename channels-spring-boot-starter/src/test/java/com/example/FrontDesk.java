package com.example;

import dev.channels.Sender;
import java.time.Duration;

/** Code of an application: what the endpoint shows as the place where a thread waits. */
public record FrontDesk(Sender<Integer> numbers) {

    public void order(int number) {
        try {
            numbers.send(number);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void orderWithin(int number, Duration timeout) {
        try {
            numbers.trySend(number, timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
