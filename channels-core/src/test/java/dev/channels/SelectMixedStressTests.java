package dev.channels;

import static dev.channels.Race.ALL;
import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.assertEachOnce;
import static dev.channels.Race.threads;
import static dev.channels.Select.fair;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.SelectStressTests.either;
import static dev.channels.SelectStressTests.received;
import static dev.channels.SelectTests.assertAtRest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that selects and channels can do, at the same time. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SelectMixedStressTests {

    private final Race race = new Race();
    private final SplittableRandom random = race.random();

    @Test
    void everythingAtOnce() throws Exception {
        int messages = 24;
        for (int round = 0; round < ROUNDS / 4; round++) {
            AtomicIntegerArray ends = new AtomicIntegerArray(messages);
            List<Channel<Integer>> channels = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Channel.Builder<Object> builder = ALL.get((round >> i) % 5).builder();
                builder = random.nextInt(3) == 0 ? builder.overflow(Overflow.DROP_OLDEST) : builder;
                builder = random.nextInt(4) == 0 ? builder.capacity(1).lifo() : builder;
                channels.add(builder.<Integer>onDropped(ends::incrementAndGet).build());
            }
            List<Running<Void>> senders = new ArrayList<>();
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int first = i * messages / 3;
                int kind = random.nextInt(8);
                senders.add(threads(round + i).run(() -> sendSome(channels, first, messages / 3, ends, kind)));
                receivers.add(threads(round / 2 + i).run(() -> receiveSome(channels, ends, kind)));
            }

            race.hesitate();
            senders.get(random.nextInt(3)).interrupt();
            race.hesitate();
            receivers.get(random.nextInt(3)).interrupt();
            for (Channel<Integer> channel : channels) {
                race.hesitate();
                channel.closeNow().forEach(ends::incrementAndGet);
            }

            for (Running<Void> running : senders) {
                running.result();
            }
            for (Running<Void> running : receivers) {
                running.result();
            }
            assertEachOnce(ends);
            assertAtRest(channels.toArray(Channel[]::new));
        }
    }

    private static void sendSome(
            List<Channel<Integer>> channels, int first, int count, AtomicIntegerArray ends, int kind) {
        int[] next = {first};
        Select<Boolean> select = fair(
                send(channels.get(0), () -> next[0], () -> true),
                send(channels.get(1), () -> kind % 3 == 0 ? null : next[0], () -> true),
                Select.<Integer, Boolean>send(channels.get(2), () -> next[0], () -> true)
                        .onClosed(() -> false),
                timeout(Duration.ofNanos(kind % 2 == 0 ? Long.MAX_VALUE : 10_000L * kind), () -> false));
        for (; next[0] < first + count; next[0]++) {
            boolean sent;
            try {
                sent = select.await();
            } catch (ChannelClosedException | InterruptedException refused) {
                sent = false;
            }
            if (!sent) {
                ends.incrementAndGet(next[0]);
            }
        }
    }

    private static void receiveSome(List<Channel<Integer>> channels, AtomicIntegerArray ends, int kind) {
        Select<Integer> select = either(
                        kind,
                        received(channels.get(2)).onClosed(() -> -1),
                        received(channels.get(0)),
                        received(channels.get(1)),
                        kind % 2 == 0
                                ? timeout(Duration.ofNanos(10_000L * kind), () -> -1)
                                : Select.<Integer>otherwise(() -> -1).when(() -> kind > 4))
                .skipClosed();
        boolean open = true;
        while (open) {
            try {
                int message = select.await();
                if (message >= 0) {
                    ends.incrementAndGet(message);
                }
            } catch (InterruptedException interrupted) {
                // looks again
            } catch (ChannelClosedException closed) {
                // looks at all of them once more
            }
            open = !channels.stream().allMatch(Receiver::isClosedForReceive);
        }
    }
}
