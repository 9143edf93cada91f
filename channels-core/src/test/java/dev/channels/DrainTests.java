package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draining takes what is there and never waits; a peek only looks. */
@EveryKindOfThread
class DrainTests {

    @Parameter
    private Threads threads;

    private final List<Integer> target = new ArrayList<>();

    @EveryCapacity
    void takesNothingFromAnEmptyChannel(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        assertThat(channel.drainTo(target, 10)).isZero();
        assertThat(target).isEmpty();
    }

    @EveryLimitedBuffer
    void takesWhatIsThereInOrder(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        target.add(0);

        assertThat(channel.drainTo(target, Integer.MAX_VALUE)).isEqualTo(capacity.limit());

        assertThat(target).startsWith(0, 1).hasSize(capacity.limit() + 1).isSorted();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @Test
    void takesNoMoreThanItIsTold() {
        Channel<Integer> channel = Capacity.TEN.full();

        assertThat(channel.drainTo(target, 4)).isEqualTo(4);

        assertThat(target).containsExactly(1, 2, 3, 4);
        assertThat(countsOf(channel)).isEqualTo("sent 10, received 4, dropped 0, returned 0, size 6");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void takesNothingIfItIsToldToTakeLessThanOne(int max) {
        Channel<Integer> channel = Capacity.TEN.full();

        assertThat(channel.drainTo(target, max)).isZero();

        assertThat(target).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 10, received 0, dropped 0, returned 0, size 10");
    }

    @EveryLimit
    void takesFromBlockedSendersToo(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(98);
        Running<Void> third = threads.run(() -> channel.send(99));
        sendersWait(channel, 3);

        assertThat(channel.drainTo(target, 100)).isEqualTo(capacity.limit() + 3);

        assertThat(target).containsExactlyElementsOf(capacity.contentsAnd(97, 98, 99));
        first.result();
        second.join();
        third.result();
        assertThat(channel.blockedSenders()).isZero();
    }

    @EveryLimit
    void leavesBlockedSendersThatItWasNotToldToTakeFrom(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(99);

        assertThat(channel.drainTo(target, 1)).isOne();

        assertThat(target).containsExactly(capacity == Capacity.ZERO ? 98 : 1);
        first.result();
        assertThat(second).isNotDone();
        assertThat(channel.drainTo(target, 100)).isEqualTo(capacity.limit() + 1);
        second.join();
    }

    @EveryLimitedBuffer
    void aPeekLooksAtTheNextMessageAndLeavesItThere(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        assertThat(channel.peek()).isNull();
        capacity.fill(channel);

        for (Integer message : capacity.contents()) {
            assertThat(channel.peek()).isEqualTo(message);
            assertThat(channel.peek()).isEqualTo(message);
            assertThat(channel.tryReceive()).isEqualTo(message);
        }

        assertThat(channel.peek()).isNull();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @EveryLimit
    void aPeekDoesNotLookAtBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        assertThat(channel.peek()).isEqualTo(capacity == Capacity.ZERO ? null : 1);

        assertThat(channel.drainTo(target, 100)).isEqualTo(capacity.limit() + 1);
        sender.result();
    }
}
