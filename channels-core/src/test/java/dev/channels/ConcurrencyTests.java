package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Many senders and many receivers: every message arrives exactly once, each sender's in order. */
class ConcurrencyTests {

    private static final int SENDERS = 4;
    private static final int EACH = 1_000;

    /** A message that tells who sent it. */
    private record Message(int sender, int number) {}

    @EveryCapacity
    void everyMessageArrivesExactlyOnceAndInItsSendersOrder(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        List<Running<List<Message>>> receivers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            receivers.add(Threads.alternating(i).start(() -> {
                List<Message> received = new ArrayList<>();
                for (Message message : channel) {
                    received.add(message);
                }
                return received;
            }));
        }
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            senders.add(Threads.alternating(i / 2).run(() -> {
                for (int number = 0; number < EACH; number++) {
                    channel.send(new Message(sender, number));
                }
            }));
        }

        finish(senders);
        channel.close();

        assertEveryMessageArrived(channel, receivers);
    }

    @EveryCapacity
    void everyFormOfSendAndReceiveMayBeMixed(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        List<Running<List<Message>>> receivers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int form = i;
            receivers.add(Threads.alternating(i).start(() -> receiveAll(channel, form)));
        }
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            senders.add(Threads.alternating(i).run(() -> {
                for (int number = 0; number < EACH; number++) {
                    send(channel, new Message(sender, number));
                }
            }));
        }

        finish(senders);
        channel.close();

        assertEveryMessageArrived(channel, receivers);
    }

    private static void send(Channel<Message> channel, Message message) throws Exception {
        switch ((message.number() + message.sender()) % 5) {
            case 0 -> channel.send(message);
            case 1 -> assertThat(channel.trySend(message, Duration.ofHours(1))).isTrue();
            case 2 -> channel.sendAsync(message).get();
            case 3 -> channel.sendAsync(message);
            default -> {
                while (!channel.trySend(message, Duration.ofNanos(50_000))) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static List<Message> receiveAll(Channel<Message> channel, int form) throws Exception {
        List<Message> received = new ArrayList<>();
        try {
            while (!channel.isClosedForReceive()) {
                switch (form) {
                    case 0 -> received.add(channel.receive());
                    case 1 -> addIfThere(received, channel.tryReceive(Duration.ofNanos(50_000)));
                    case 2 -> channel.receiveMany(received, 7);
                    case 3 -> channel.receiveMany(received, 3, Duration.ofNanos(50_000));
                    case 4 -> received.add(channel.receiveAsync().get());
                    default -> {
                        channel.drainTo(received, 2);
                        addIfThere(received, channel.tryReceive(Duration.ofNanos(50_000)));
                    }
                }
            }
        } catch (ChannelClosedException end) {
            return received;
        } catch (ExecutionException end) {
            assertThat(end).hasCauseInstanceOf(ChannelClosedException.class);
        }
        return received;
    }

    private static void addIfThere(List<Message> messages, Message message) {
        if (message != null) {
            messages.add(message);
        }
    }

    private static void assertEveryMessageArrived(Channel<Message> channel, List<Running<List<Message>>> receivers)
            throws InterruptedException {
        List<Message> all = new ArrayList<>();
        for (Running<List<Message>> receiver : receivers) {
            List<Message> received = receiver.result();
            int[] last = new int[SENDERS];
            for (Message message : received) {
                assertThat(message.number() + 1)
                        .as("after %d", last[message.sender()])
                        .isGreaterThan(last[message.sender()]);
                last[message.sender()] = message.number() + 1;
            }
            all.addAll(received);
        }
        assertThat(all).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
        int count = SENDERS * EACH;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(count, count));
        assertThat(channel.waiters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void everyMessageIsReceivedOrDroppedOrReturnedOrRefused(Overflow overflow) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            AtomicIntegerArray ends = new AtomicIntegerArray(SENDERS * EACH);
            Channel<Integer> channel = capacity.builder()
                    .overflow(overflow)
                    .<Integer>onDropped(ends::incrementAndGet)
                    .build();
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                receivers.add(Threads.alternating(i).run(() -> {
                    try {
                        while (true) {
                            ends.incrementAndGet(channel.receive());
                        }
                    } catch (ChannelClosedException end) {
                        // what is left is returned
                    }
                }));
            }
            List<Running<Void>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int first = i * EACH;
                senders.add(Threads.alternating(i).run(() -> {
                    for (int message = first; message < first + EACH; message++) {
                        if (!sendOrRefuse(channel, message)) {
                            ends.incrementAndGet(message);
                        }
                    }
                }));
            }

            senders.get(0).join();
            channel.closeNow().forEach(ends::incrementAndGet);
            finish(senders);
            finish(receivers);

            for (int i = 0; i < ends.length(); i++) {
                assertThat(ends.get(i)).as("ends of message %d", i).isOne();
            }
            assertThat(countsOf(channel)).endsWith("size 0");
        }
    }

    private static boolean sendOrRefuse(Channel<Integer> channel, int message) throws InterruptedException {
        try {
            switch (message % 3) {
                case 0 -> channel.send(message);
                case 1 -> {
                    return channel.trySend(message);
                }
                default -> {
                    return channel.trySend(message, Duration.ofNanos(20_000));
                }
            }
            return true;
        } catch (ChannelClosedException | ChannelFullException refused) {
            return false;
        }
    }

    /**
     * As many threads as there are places, each with at most one message inside: there is room for each of them whenever
     * it sends, and a message whenever it receives.
     */
    @EveryBuffer
    void aTryFormNeverSaysFullOrEmptyWithoutReason(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<Void>> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(capacity.limit(), 4); i++) {
            threads.add(Threads.alternating(i).run(() -> {
                for (int message = 0; message < 5_000; message++) {
                    assertThat(channel.trySend(message)).isTrue();
                    if (message % 2 == 0) {
                        assertThat(channel.tryReceive()).isNotNull();
                    } else {
                        assertThat(channel.drainTo(new ArrayList<>(), 1)).isOne();
                    }
                }
            }));
        }

        finish(threads);
        assertThat(channel.size()).isZero();
    }

    @EveryLimit
    void theSizeIsNeverMoreThanTheCapacity(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        AtomicBoolean over = new AtomicBoolean();
        Running<Integer> observer = Threads.PLATFORM.start(() -> {
            int largest = 0;
            while (!over.get()) {
                largest = Math.max(
                        largest, Math.max(channel.size(), channel.stats().size()));
            }
            return largest;
        });
        Running<Void> receiver = Threads.VIRTUAL.run(() -> {
            for (Integer message : channel) {
                assertThat(message).isNotNegative();
            }
        });
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            senders.add(Threads.alternating(i).run(() -> {
                for (int message = 0; message < 1_000; message++) {
                    channel.send(message);
                }
            }));
        }

        finish(senders);
        channel.close();
        receiver.result();
        over.set(true);

        assertThat(observer.result()).isBetween(0, capacity.limit());
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void messagesGoThroughARowOfChannelsInOrder(Threads threads, Capacity capacity) throws Exception {
        int stages = 10;
        List<Channel<Integer>> row = new ArrayList<>();
        for (int i = 0; i <= stages; i++) {
            row.add(capacity.channel());
        }
        ConcurrentLinkedQueue<Running<Void>> running = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < stages; i++) {
            Channel<Integer> from = row.get(i);
            Channel<Integer> to = row.get(i + 1);
            running.add(threads.run(() -> {
                try (to) {
                    for (Integer message : from) {
                        to.send(message + 1);
                    }
                }
            }));
        }
        running.add(threads.run(() -> {
            for (int i = 0; i < 200; i++) {
                row.get(0).send(i);
            }
            row.get(0).close();
        }));

        List<Integer> arrived = row.get(stages).stream().toList();

        assertThat(arrived).hasSize(200).isSorted().startsWith(stages).endsWith(199 + stages);
        finish(new ArrayList<>(running));
    }

    static List<Object[]> pipelines() {
        List<Object[]> all = new ArrayList<>();
        for (Threads threads : Threads.values()) {
            for (Capacity capacity : Capacity.values()) {
                all.add(new Object[] {threads, capacity});
            }
        }
        return all;
    }

    private static void finish(List<Running<Void>> all) throws InterruptedException {
        for (Running<Void> running : all) {
            running.result();
        }
    }
}
