package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;

/** A channel tells who waits on it. */
@EveryKindOfThread
class WaitersTests {

    @Parameter
    private Threads threads;

    @EveryCapacity
    void nobodyWaitsOnANewChannel(Capacity capacity) {
        assertThat(capacity.channel().waiters()).isEmpty();
    }

    @EveryLimit
    void blockedSendersAreNamedLongestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<Running<Void>> senders = new ArrayList<>();
        for (BlockingSend form : BlockingSend.values()) {
            senders.add(threads.run(() -> form.send(channel, 99)));
            sendersWait(channel, senders.size());
        }

        List<Waiter> waiters = channel.waiters();

        assertThat(waiters).extracting(Waiter::side).containsOnly(Waiter.Side.SEND);
        assertThat(waiters)
                .extracting(Waiter::thread)
                .containsExactlyElementsOf(senders.stream().map(Running::thread).toList());
        assertLongestFirst(waiters);
        channel.closeNow();
        for (Running<Void> sender : senders) {
            sender.join();
        }
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryCapacity
    void blockedReceiversAreNamedLongestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<Integer>> receivers = new ArrayList<>();
        for (BlockingReceive form : BlockingReceive.values()) {
            receivers.add(threads.start(() -> form.from(channel)));
            receiversWait(channel, receivers.size());
        }

        List<Waiter> waiters = channel.waiters();

        assertThat(waiters).extracting(Waiter::side).containsOnly(Waiter.Side.RECEIVE);
        assertThat(waiters)
                .extracting(Waiter::thread)
                .containsExactlyElementsOf(
                        receivers.stream().map(Running::thread).toList());
        assertLongestFirst(waiters);
        channel.closeNow();
        for (Running<Integer> receiver : receivers) {
            receiver.join();
        }
        assertThat(channel.waiters()).isEmpty();
    }

    private static void assertLongestFirst(List<Waiter> waiters) {
        for (int i = 1; i < waiters.size(); i++) {
            assertThat(waiters.get(i).waited())
                    .isLessThanOrEqualTo(waiters.get(i - 1).waited());
        }
    }

    @EveryLimit
    void aPendingSendHasNoThread(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Void> pending = channel.sendAsync(98);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);

        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(null, sender.thread());
        assertThat(channel.waiters()).extracting(Waiter::side).containsOnly(Waiter.Side.SEND);

        pending.cancel(true);
        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(sender.thread());
        channel.closeNow();
        sender.join();
    }

    @EveryCapacity
    void aPendingReceiveHasNoThread(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();

        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(receiver.thread(), null);
        assertThat(channel.waiters()).extracting(Waiter::side).containsOnly(Waiter.Side.RECEIVE);

        pending.cancel(true);
        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(receiver.thread());
        channel.close();
        receiver.join();
    }

    @EveryCapacity
    void theTimeOfWaitingGrows(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        Duration first = channel.waiters().get(0).waited();

        assertThat(first).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        eventually(() -> channel.waiters().get(0).waited().compareTo(first.plusMillis(5)) >= 0);
        channel.send(1);
        receiver.join();
    }

    @EveryCapacity
    void whatIsToldIsASnapshot(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        List<Waiter> waiters = channel.waiters();
        channel.send(1);
        receiver.join();

        assertThat(waiters).hasSize(1);
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryCapacity
    void iteratorsAndStreamsWaitToo(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Boolean> iterator = threads.start(() -> channel.iterator().hasNext());
        receiversWait(channel, 1);
        Running<List<Integer>> stream = threads.start(() -> channel.stream().toList());
        receiversWait(channel, 2);

        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(iterator.thread(), stream.thread());

        channel.close();
        iterator.join();
        stream.join();
    }
}
