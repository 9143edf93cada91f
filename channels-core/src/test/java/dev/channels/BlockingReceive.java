package dev.channels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ways to receive that wait for a message. */
enum BlockingReceive {
    RECEIVE {
        @Override
        <T> T from(Receiver<T> channel) throws InterruptedException {
            return channel.receive();
        }
    },
    TRY_RECEIVE_FOR_AN_HOUR {
        @Override
        <T> T from(Receiver<T> channel) throws InterruptedException {
            return channel.tryReceive(Duration.ofHours(1));
        }
    },
    TRY_RECEIVE_FOR_EVER {
        @Override
        <T> T from(Receiver<T> channel) throws InterruptedException {
            return channel.tryReceive(Duration.ofSeconds(Long.MAX_VALUE));
        }
    },
    RECEIVE_MANY {
        @Override
        <T> T from(Receiver<T> channel) throws InterruptedException {
            List<T> target = new ArrayList<>();
            channel.receiveMany(target, 1);
            return target.get(0);
        }
    },
    RECEIVE_MANY_WITH_LINGER {
        @Override
        <T> T from(Receiver<T> channel) throws InterruptedException {
            List<T> target = new ArrayList<>();
            channel.receiveMany(target, 1, Duration.ofHours(1));
            return target.get(0);
        }
    };

    abstract <T> T from(Receiver<T> channel) throws InterruptedException;
}
