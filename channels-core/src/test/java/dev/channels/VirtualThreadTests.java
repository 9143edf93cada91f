package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocked virtual threads are cheap: they hold no carrier, and nothing that waits needs a thread of its own. */
class VirtualThreadTests {

    /** More than there can be carriers: the scheduler makes at most 256. */
    private static final int MANY = 1_500;

    @Test
    void manyBlockedReceiversLeaveTheirCarriersToOthers() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        List<Running<Integer>> receivers = new ArrayList<>();
        for (BlockingReceive form : BlockingReceive.values()) {
            for (int i = 0; i < MANY / BlockingReceive.values().length; i++) {
                receivers.add(Threads.VIRTUAL.start(() -> form.from(channel)));
            }
        }
        receiversWait(channel, MANY);

        Running<Void> sender = Threads.VIRTUAL.run(() -> {
            for (int i = 0; i < MANY; i++) {
                channel.send(i);
            }
        });

        sender.result();
        for (Running<Integer> receiver : receivers) {
            receiver.result();
        }
    }

    @Test
    void manyBlockedSendersLeaveTheirCarriersToOthers() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        List<Running<Void>> senders = new ArrayList<>();
        for (BlockingSend form : BlockingSend.values()) {
            for (int i = 0; i < MANY / BlockingSend.values().length; i++) {
                senders.add(Threads.VIRTUAL.run(() -> form.send(channel, 1)));
            }
        }
        sendersWait(channel, MANY);

        Running<Integer> receiver = Threads.VIRTUAL.start(
                () -> channel.stream().limit(MANY).toList().size());

        assertThat(receiver.result()).isEqualTo(MANY);
        for (Running<Void> sender : senders) {
            sender.result();
        }
    }

    @Test
    void manySendersBlockedOnABroadcastLeaveTheirCarriersToOthers() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = broadcast.subscribe();
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i <= MANY; i++) {
            int message = i;
            senders.add(Threads.VIRTUAL.run(() -> broadcast.send(message)));
        }
        sendersWait(broadcast, MANY);

        Running<Integer> receiver = Threads.VIRTUAL.start(
                () -> subscription.stream().limit(MANY + 1L).toList().size());

        assertThat(receiver.result()).isEqualTo(MANY + 1);
        for (Running<Void> sender : senders) {
            sender.result();
        }
        subscription.close();
    }

    /** All that can wait besides a send and a receive of a channel. */
    static Stream<Threads.Action> waits() {
        Channel<Integer> channel = Channel.bounded(1);
        Channel<Integer> full = Capacity.ONE.full();
        Select<Integer> select =
                Select.fair(Select.receive(channel, message -> message), Select.send(full, () -> 2, () -> 2));
        Watch<Integer> watch = Watch.of(1);
        OneShot<Integer> oneShot = OneShot.create();
        RequestChannel<Integer, Integer> requests = RequestChannel.bounded(0);
        RequestChannel<Integer, Integer> queued = RequestChannel.bounded(MANY);
        return Stream.of(
                select::await,
                full::reserve,
                () -> channel.forEach(message -> {}),
                () -> channel.stream().forEach(message -> {}),
                () -> watch.watcher().awaitChange(),
                () -> watch.await(value -> false),
                oneShot::receive,
                () -> requests.request(1),
                () -> queued.request(1),
                () -> Channel.after(Duration.ofHours(1)).receive(),
                () -> Channel.tick(Duration.ofHours(1)).receive(),
                () -> Channel.never().receive());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void whateverElseWaitsLeavesItsCarrierToOthers(Threads.Action wait) throws Exception {
        List<Running<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            waiting.add(Threads.VIRTUAL.run(wait));
        }
        eventually(() -> waiting.stream().allMatch(VirtualThreadTests::isParked));

        assertThat(Threads.VIRTUAL.start(() -> "has a carrier").result()).isEqualTo("has a carrier");
        waiting.forEach(Running::interrupt);
        for (Running<Void> running : waiting) {
            assertThat(running.failure()).isInstanceOfAny(InterruptedException.class, CancellationException.class);
        }
    }

    private static boolean isParked(Running<?> running) {
        return switch (running.thread().getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    @Test
    void nothingThatWaitsNeedsAPlatformThread() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Running<Integer> first = Threads.VIRTUAL.start(() -> channel.tryReceive(Duration.ofHours(1)));
        receiversWait(channel, 1);
        int before = platformThreads();

        List<Running<Integer>> receivers = new ArrayList<>();
        List<CompletableFuture<Integer>> pending = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            receivers.add(Threads.VIRTUAL.start(() -> channel.tryReceive(Duration.ofHours(1))));
            pending.add(channel.receiveAsync());
        }
        receiversWait(channel, 2 * MANY + 1);

        assertThat(platformThreads()).isLessThan(before + 20);
        channel.close();
        first.join();
        for (Running<Integer> receiver : receivers) {
            receiver.join();
        }
        assertThat(pending).allSatisfy(future -> assertThat(future).isCompletedExceptionally());
    }

    @Test
    void theTwoKindsOfThreadsMeetOnOneChannel() throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = capacity.channel();
            Running<Void> platformSender = Threads.PLATFORM.run(() -> send(channel, 0, 500));
            Running<Void> virtualSender = Threads.VIRTUAL.run(() -> send(channel, 500, 1_000));
            Running<List<Integer>> platformReceiver =
                    Threads.PLATFORM.start(() -> channel.stream().toList());
            Running<List<Integer>> virtualReceiver =
                    Threads.VIRTUAL.start(() -> channel.stream().toList());

            platformSender.result();
            virtualSender.result();
            channel.close();

            List<Integer> received = new ArrayList<>(platformReceiver.result());
            received.addAll(virtualReceiver.result());
            assertThat(received).hasSize(1_000).doesNotHaveDuplicates();
        }
    }

    private static void send(Channel<Integer> channel, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            channel.send(i);
        }
    }

    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }
}
