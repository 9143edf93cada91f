package dev.channels;

import static dev.channels.Race.ALL;
import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.assertAtRestAndEmpty;
import static dev.channels.Race.assertEachOnce;
import static dev.channels.Race.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that may happen to a channel at once, again and again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class StressTests {

    private static final List<Overflow> POLICIES = List.of(Overflow.values());

    private final Race race = new Race();

    @Test
    void everythingAtOnce() throws Exception {
        int messages = 16;
        for (int round = 0; round < ROUNDS / 4; round++) {
            AtomicIntegerArray ends = new AtomicIntegerArray(messages);
            Overflow overflow = POLICIES.get(round % POLICIES.size());
            Channel<Integer> channel = ALL.get(round % ALL.size())
                    .builder()
                    .overflow(overflow)
                    .<Integer>onDropped(ends::incrementAndGet)
                    .build();
            List<Running<Void>> senders = new ArrayList<>();
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int first = i * messages / 2;
                int form = race.random().nextInt(100);
                senders.add(threads(round + i).run(() -> {
                    for (int message = first; message < first + messages / 2; message++) {
                        if (!isSent(channel, message, form + message)) {
                            ends.incrementAndGet(message);
                        }
                    }
                }));
                receivers.add(threads(round / 2 + i).run(() -> receiveSome(channel, ends, form)));
            }

            race.hesitate();
            senders.get(race.random().nextInt(2)).interrupt();
            race.hesitate();
            receivers.get(race.random().nextInt(2)).interrupt();
            race.hesitate();
            if (race.random().nextBoolean()) {
                channel.close();
            }
            channel.closeNow().forEach(ends::incrementAndGet);

            for (Running<Void> sender : senders) {
                sender.result();
            }
            for (Running<Void> receiver : receivers) {
                receiver.result();
            }
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    private static boolean isSent(Channel<Integer> channel, int message, int form) {
        try {
            switch (form % 5) {
                case 0 -> channel.send(message);
                case 1 -> {
                    return channel.trySend(message);
                }
                case 2 -> {
                    return channel.trySend(message, Duration.ofNanos(form * 100L));
                }
                case 3 -> {
                    CompletableFuture<Void> send = channel.sendAsync(message);
                    return !send.cancel(true)
                            && send.handle((nothing, failure) -> failure == null)
                                    .join();
                }
                default -> {
                    return channel.sendAsync(message)
                            .handle((nothing, failure) -> failure == null)
                            .join();
                }
            }
            return true;
        } catch (ChannelClosedException | ChannelFullException | InterruptedException refused) {
            return false;
        }
    }

    private static void receiveSome(Channel<Integer> channel, AtomicIntegerArray ends, int form) {
        List<Integer> received = new ArrayList<>();
        while (!channel.isClosedForReceive()) {
            try {
                switch (form++ % 5) {
                    case 0 -> received.add(channel.receive());
                    case 1 -> {
                        Integer message = channel.tryReceive(Duration.ofNanos(form * 100L));
                        if (message != null) {
                            received.add(message);
                        }
                    }
                    case 2 -> channel.receiveMany(received, 2, Duration.ofNanos(form * 100L));
                    case 3 -> {
                        CompletableFuture<Integer> receive = channel.receiveAsync();
                        if (!receive.cancel(true)) {
                            received.add(receive.join());
                        }
                    }
                    default -> channel.drainTo(received, 3);
                }
            } catch (ChannelClosedException | InterruptedException | CompletionException end) {
                // looks again
            }
        }
        received.forEach(ends::incrementAndGet);
    }
}
