package dev.channels;

import static dev.channels.Race.ALL;
import static dev.channels.Race.LIMITS;
import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.assertAtRestAndEmpty;
import static dev.channels.Race.threads;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sender does behind its pending send, at the same instant as that is served, again and again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class AsyncSendStressTests {

    private final Race race = new Race();

    @Test
    void aTrySendBehindASendOfTheSameSender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            int before = capacity.limit();
            Running<List<Integer>> receiver = race.onTheMark(
                    round, channel, () -> channel.stream().limit(before + 1L).toList());

            race.begin();
            CompletableFuture<Void> pending = channel.sendAsync(98);
            boolean sent = channel.trySend(99);
            List<Integer> received = new ArrayList<>(receiver.result());
            channel.drainTo(received, 10);

            pending.get(10, TimeUnit.SECONDS);
            assertThat(received).isEqualTo(sent ? capacity.contentsAnd(98, 99) : capacity.contentsAnd(98));
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void everyFormBehindASendOfTheSameSender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = ALL.get(round % ALL.size());
            Channel<Integer> channel = capacity.channel();
            int form = round / ALL.size() % 4;
            Running<List<Integer>> sender = threads(round).start(() -> sendSome(channel, form));
            List<Integer> received = new ArrayList<>();
            for (Integer message : channel) {
                received.add(message);
            }

            assertThat(received).isEqualTo(sender.result());
            assertAtRestAndEmpty(channel);
        }
    }

    /** Sends by turns without waiting for the end, and in another form; what was sent. */
    private static List<Integer> sendSome(Channel<Integer> channel, int form) throws InterruptedException {
        List<Integer> sent = new ArrayList<>();
        try (channel) {
            for (int message = 0; message < 6; message++) {
                if (message % 2 == 0) {
                    CompletableFuture<Void> unused = channel.sendAsync(message);
                    sent.add(message);
                } else if (isSent(channel, message, form)) {
                    sent.add(message);
                }
            }
        }
        return sent;
    }

    private static boolean isSent(Channel<Integer> channel, int message, int form) throws InterruptedException {
        switch (form) {
            case 0 -> {
                return channel.trySend(message);
            }
            case 1 -> {
                return channel.trySend(message, Duration.ofNanos(10_000));
            }
            case 2 -> channel.send(message);
            default -> {
                return Select.fair(
                                Select.send(channel, () -> message, () -> true),
                                Select.timeout(Duration.ofNanos(10_000), () -> false))
                        .await();
            }
        }
        return true;
    }
}
