package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operation that throws InterruptedException did nothing; one that took effect returns normally. */
@EveryKindOfThread
class InterruptTests {

    @Parameter
    private Threads threads;

    @ParameterizedTest
    @EnumSource
    void aBlockedSenderThatIsInterruptedHasSentNothing(BlockingSend form) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            Channel<Integer> channel = capacity.full();
            Running<Void> sender = threads.run(() -> form.send(channel, 99));
            sendersWait(channel, 1);

            sender.interrupt();

            assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
            assertThat(sender.endedInterrupted()).isFalse();
            assertThat(channel.blockedSenders()).isZero();
            assertThat(channel.waiters()).isEmpty();
            List<Integer> messages = new ArrayList<>();
            channel.drainTo(messages, Integer.MAX_VALUE);
            assertThat(messages).containsExactlyElementsOf(capacity.contents());
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlockedReceiverThatIsInterruptedHasTakenNothing(BlockingReceive form) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = capacity.channel();
            Running<Integer> receiver = threads.start(() -> form.from(channel));
            receiversWait(channel, 1);

            receiver.interrupt();

            assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
            assertThat(receiver.endedInterrupted()).isFalse();
            assertThat(channel.blockedReceivers()).isZero();
            assertThat(channel.waiters()).isEmpty();
            assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
            assertThat(channel.tryReceive()).isEqualTo(capacity != Capacity.ZERO ? 1 : null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSendOfAnInterruptedThreadThrowsThoughThereIsRoom(BlockingSend form) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = capacity.channel();

            Running<Void> sender = threads.run(() -> {
                Thread.currentThread().interrupt();
                form.send(channel, 1);
            });

            assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
            assertThat(sender.endedInterrupted()).isFalse();
            assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReceiveOfAnInterruptedThreadThrowsThoughThereIsAMessage(BlockingReceive form) throws Exception {
        for (Capacity capacity : List.of(Capacity.ONE, Capacity.TWO, Capacity.TEN, Capacity.UNBOUNDED)) {
            Channel<Integer> channel = capacity.channel();
            channel.send(1);

            Running<Integer> receiver = threads.start(() -> {
                Thread.currentThread().interrupt();
                return form.from(channel);
            });

            assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
            assertThat(receiver.endedInterrupted()).isFalse();
            assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
        }
    }

    @Test
    void anInterruptedThreadMeetsNobodyOnARendezvousChannel() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        Running<Void> interrupted = threads.run(() -> {
            Thread.currentThread().interrupt();
            channel.send(1);
        });

        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.blockedReceivers()).isOne();
        channel.send(2);
        assertThat(receiver.result()).isEqualTo(2);
    }

    @EveryCapacity
    void timedFormsWithoutTimeThrowToo(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        for (Duration now : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            Running<Boolean> sender = threads.start(() -> {
                Thread.currentThread().interrupt();
                return channel.trySend(1, now);
            });
            assertThat(sender.failure()).isInstanceOf(InterruptedException.class);

            Running<Integer> receiver = threads.start(() -> {
                Thread.currentThread().interrupt();
                return channel.tryReceive(now);
            });
            assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);

            Running<Integer> batch = threads.start(() -> {
                Thread.currentThread().interrupt();
                return channel.receiveMany(new ArrayList<>(), 5, now);
            });
            assertThat(batch.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST", "FAIL"})
    void aSendOfAnInterruptedThreadThrowsAlsoWhereItWouldNotWait(Overflow overflow) throws Exception {
        List<Integer> dropped = new ArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(1)
                .overflow(overflow)
                .<Integer>onDropped(dropped::add)
                .build();
        channel.send(1);

        Running<Void> sender = threads.run(() -> {
            Thread.currentThread().interrupt();
            channel.send(2);
        });

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(dropped).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
    }

    @EveryCapacity
    void formsWithoutATimeIgnoreTheFlagAndKeepIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<List<Object>> thread = threads.start(() -> {
            Thread.currentThread().interrupt();
            List<Integer> drained = new ArrayList<>();
            boolean sent = channel.trySend(1);
            boolean sentAgain = capacity != Capacity.ONE && channel.trySend(2);
            Integer peeked = channel.peek();
            Integer received = channel.tryReceive();
            int taken = channel.drainTo(drained, 5);
            return Arrays.asList(sent, sentAgain, peeked, received, taken, drained);
        });

        List<Object> expected = switch (capacity) {
            case ZERO -> Arrays.asList(false, false, null, null, 0, List.of());
            case ONE -> Arrays.asList(true, false, 1, 1, 0, List.of());
            default -> Arrays.asList(true, true, 1, 1, 1, List.of(2));
        };
        assertThat(thread.result()).isEqualTo(expected);
        assertThat(thread.endedInterrupted()).isTrue();
    }

    @EveryCapacity
    void asynchronousFormsIgnoreTheFlagAndKeepIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<CompletableFuture<Integer>> thread = threads.start(() -> {
            Thread.currentThread().interrupt();
            CompletableFuture<Void> send = channel.sendAsync(1);
            CompletableFuture<Integer> receive = channel.receiveAsync();
            return send.thenCombine(receive, (nothing, message) -> message);
        });

        assertThat(thread.result().join()).isEqualTo(1);
        assertThat(thread.endedInterrupted()).isTrue();
    }

    @EveryCapacity
    void aLookAtTheNumbersKeepsTheFlag(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<Void> thread = threads.run(() -> {
            Thread.currentThread().interrupt();
            channel.stats();
            channel.waiters();
            channel.size();
            channel.blockedSenders();
            channel.blockedReceivers();
            channel.isClosedForSend();
            channel.isClosedForReceive();
            channel.toString();
        });

        thread.result();
        assertThat(thread.endedInterrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aSendThatTookEffectReturnsNormallyWithTheFlagKept(BlockingSend form) throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        CountDownLatch interrupted = new CountDownLatch(1);
        Running<Boolean> sender = threads.start(() -> {
            form.send(channel, 1);
            return flagAfter(interrupted);
        });
        sendersWait(channel, 1);

        assertThat(channel.tryReceive()).isEqualTo(1);
        sender.interrupt();
        interrupted.countDown();

        assertThat(sender.result()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource
    void aReceiveThatTookEffectReturnsNormallyWithTheFlagKept(BlockingReceive form) throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        CountDownLatch interrupted = new CountDownLatch(1);
        Running<String> receiver = threads.start(() -> {
            Integer message = form.from(channel);
            return message + ", flag " + flagAfter(interrupted);
        });
        receiversWait(channel, 1);

        assertThat(channel.trySend(1)).isTrue();
        receiver.interrupt();
        interrupted.countDown();

        assertThat(receiver.result()).isEqualTo("1, flag true");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    /** Whether the flag is set once the interrupt has been sent, without a wait that would notice it. */
    private static boolean flagAfter(CountDownLatch interrupted) {
        while (interrupted.getCount() > 0) {
            Thread.onSpinWait();
        }
        return Thread.currentThread().isInterrupted();
    }

    @EveryLimit
    void anInterruptedSenderLetsTheOneBehindItPass(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        Running<Void> second = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);

        first.interrupt();
        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        for (Integer message : capacity.contentsAnd(99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        second.result();
    }

    @EveryCapacity
    void anInterruptedReceiverLetsTheOneBehindItPass(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<Integer> second = threads.start(() -> channel.receive());
        receiversWait(channel, 2);

        first.interrupt();
        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        channel.send(1);

        assertThat(second.result()).isEqualTo(1);
    }
}
