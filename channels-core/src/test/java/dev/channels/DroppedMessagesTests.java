package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever asked for them gets the messages that were accepted and then dropped. */
@EveryKindOfThread
class DroppedMessagesTests {

    @Parameter
    private Threads threads;

    @Test
    void theyAreHandedOverInTheThreadOfTheSendThatDroppedThem() throws Exception {
        List<Thread> callers = new CopyOnWriteArrayList<>();
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .onDropped(message -> callers.add(Thread.currentThread()))
                .build();
        channel.send("a");

        Running<Void> sender = threads.run(() -> {
            channel.send("b");
            channel.trySend("c");
            channel.sendAsync("d");
        });
        sender.result();

        assertThat(callers).containsExactly(sender.thread(), sender.thread(), sender.thread());
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void whatTheConsumerThrowsGoesToTheUncaughtExceptionHandlerOfTheThread(Overflow overflow) throws Exception {
        RuntimeException exception = new RuntimeException("from the consumer");
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(overflow)
                .onDropped(message -> {
                    throw exception;
                })
                .build();
        channel.send("a");
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();

        Running<CompletableFuture<Void>> sender = threads.start(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            channel.send("b");
            return channel.sendAsync("c");
        });

        assertThat(sender.result()).isCompleted();
        assertThat(uncaught).containsExactly(exception, exception);
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 0, dropped 2, returned 0, size 1");
        assertThat(channel.receive()).isEqualTo(overflow == Overflow.DROP_OLDEST ? "c" : "a");
        assertThat(channel.trySend("d")).isTrue();
        assertThat(channel.receive()).isEqualTo("d");
    }

    @Test
    void anErrorOfTheConsumerGoesThereToo() throws Exception {
        Error error = new AssertionError("from the consumer");
        Channel<String> channel = Channel.builder("newest")
                .overflow(Overflow.DROP_LATEST)
                .onDropped(message -> {
                    throw error;
                })
                .build();
        AtomicReference<Throwable> uncaught = new AtomicReference<>();

        Running<Void> sender = threads.run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
            channel.send("a");
        });

        sender.result();
        assertThat(uncaught).hasValue(error);
    }

    @Test
    void theConsumerMayUseTheChannel() throws Exception {
        AtomicReference<Channel<String>> self = new AtomicReference<>();
        List<String> seen = new ArrayList<>();
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .<String>onDropped(message -> {
                    seen.add(message + " dropped, " + self.get().tryReceive() + " taken");
                    self.get().trySend(message + " again");
                })
                .build();
        self.set(channel);

        channel.send("a");
        channel.send("b");

        assertThat(seen).containsExactly("a dropped, b taken");
        assertThat(channel.receive()).isEqualTo("a again");
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 2, dropped 1, returned 0, size 0");
    }

    @Test
    void theConsumerMayCloseTheChannel() throws Exception {
        AtomicReference<Channel<String>> self = new AtomicReference<>();
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_LATEST)
                .<String>onDropped(message -> self.get().close())
                .build();
        self.set(channel);
        channel.send("a");
        channel.send("b");

        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send("c"));
        assertThat(channel).containsExactly("a");
    }

    @Test
    void othersUseTheChannelWhileTheConsumerIsBusy() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_LATEST)
                .onDropped(message -> {
                    entered.countDown();
                    Uninterrupted.await(release);
                })
                .build();
        channel.send("a");
        Running<Void> sender = threads.run(() -> channel.send("b"));
        entered.await();

        Running<String> other = threads.start(() -> {
            String message = channel.receive();
            channel.send("c");
            channel.stats();
            channel.waiters();
            return message + channel.tryReceive();
        });

        assertThat(other.result()).isEqualTo("ac");
        release.countDown();
        sender.result();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void othersUseAChannelOfAnyCapacityWhileTheConsumerIsBusy(Overflow overflow) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Channel<Integer> channel = capacity.builder()
                    .overflow(overflow)
                    .onDropped(message -> {
                        entered.countDown();
                        Uninterrupted.await(release);
                    })
                    .build();
            capacity.fill(channel);

            Running<Void> sender = threads.run(() -> channel.send(98));
            entered.await();

            assertOthersUse(channel);
            release.countDown();
            sender.result();
        }
    }

    @Test
    void othersUseTheChannelWhileWhatTheLastReceiverLeftIsHandedOver() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(1)
                .onDropped(message -> {
                    entered.countDown();
                    Uninterrupted.await(release);
                })
                .build();
        channel.send(1);
        ReceiverHandle<Integer> handle = channel.newReceiver();

        Running<Void> closer = threads.run(handle::close);
        entered.await();

        Running<Boolean> other = threads.start(() -> {
            channel.close();
            return channel.closeNow().isEmpty() && channel.stats().closed() && channel.isClosedForReceive();
        });
        assertThat(other.result()).isTrue();
        release.countDown();
        closer.result();
    }

    private void assertOthersUse(Channel<Integer> channel) throws Exception {
        channel.drainTo(new ArrayList<>(), 100);
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<Void> other = threads.run(() -> channel.send(99));
        other.result();
        assertThat(receiver.result()).isEqualTo(99);
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.stats().size()).isZero();
    }
}
