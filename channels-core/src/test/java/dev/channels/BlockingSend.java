package dev.channels;

import java.time.Duration;

/** The ways to send that wait for room. */
enum BlockingSend {
    SEND {
        @Override
        <T> void send(Sender<T> channel, T message) throws InterruptedException {
            channel.send(message);
        }
    },
    TRY_SEND_FOR_AN_HOUR {
        @Override
        <T> void send(Sender<T> channel, T message) throws InterruptedException {
            if (!channel.trySend(message, Duration.ofHours(1))) {
                throw new AssertionError("gave up too early");
            }
        }
    },
    TRY_SEND_FOR_EVER {
        @Override
        <T> void send(Sender<T> channel, T message) throws InterruptedException {
            if (!channel.trySend(message, Duration.ofSeconds(Long.MAX_VALUE))) {
                throw new AssertionError("gave up too early");
            }
        }
    };

    abstract <T> void send(Sender<T> channel, T message) throws InterruptedException;
}
