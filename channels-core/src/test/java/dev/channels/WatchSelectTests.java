package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The changes of a watch among the clauses of a select. */
@EveryKindOfThread
class WatchSelectTests {

    @Parameter
    private Threads threads;

    private final Watch<Integer> watch = Watch.of(1);
    private final Watcher<Integer> watcher = watch.watcher();
    private final Channel<Integer> other = Channel.rendezvous();
    private final Select<Integer> select =
            Select.fair(Select.receive(watcher.receiver(), value -> value), Select.receive(other, message -> -message));

    @Test
    void takesAChangeThatIsThere() throws Exception {
        watch.set(2);
        watch.set(3);

        assertThat(select.await()).isEqualTo(3);

        assertThat(watcher.hasChanged()).isFalse();
    }

    @Test
    void waitsForAChange() throws Exception {
        Running<Integer> waiting = threads.start(select::await);
        receiversWait(watch, 1);
        assertThat(watch.waiters()).extracting(Waiter::thread).containsExactly(waiting.thread());

        watch.set(2);

        assertThat(waiting.result()).isEqualTo(2);
        assertThat(watcher.hasChanged()).isFalse();
        assertThat(other.waiters()).isEmpty();
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void whenAnotherClauseIsChosenNothingIsSeen() throws Exception {
        Running<Integer> waiting = threads.start(select::await);
        receiversWait(watch, 1);

        other.send(5);

        assertThat(waiting.result()).isEqualTo(-5);
        assertThat(watch.waiters()).isEmpty();
        watch.set(2);
        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void aTimeoutSeesNothing() throws Exception {
        Select<Integer> timed = Select.fair(
                Select.receive(watcher.receiver(), value -> value), Select.timeout(Duration.ofMillis(2), () -> 0));

        assertThat(timed.await()).isZero();

        assertThat(watch.waiters()).isEmpty();
        watch.set(2);
        assertThat(timed.await()).isEqualTo(2);
    }

    @Test
    void twoWatchersOfOneWatchSeeForThemselves() throws Exception {
        Watcher<Integer> second = watch.watcher();
        Select<Integer> both = Select.biased(
                Select.receive(watcher.receiver(), value -> value),
                Select.receive(second.receiver(), value -> -value),
                Select.receive(watcher.receiver(), value -> 0));
        Running<Integer> waiting = threads.start(both::await);
        receiversWait(watch, 3);

        watch.set(2);

        int first = waiting.result();
        assertThat(List.of(watcher.hasChanged(), second.hasChanged())).containsExactly(first == -2, first != -2);
        assertThat(both.await()).isEqualTo(first == -2 ? 2 : -2);
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void aClosedWatchIsReadyOnceItsLastValueWasSeen() throws Exception {
        Select<Integer> closing = Select.fair(Select.<Integer, Integer>receive(watcher.receiver(), value -> value)
                .onClosed(() -> 0));
        Running<Integer> waiting = threads.start(closing::await);
        receiversWait(watch, 1);

        watch.set(2);
        watch.close();

        assertThat(waiting.result()).isEqualTo(2);
        assertThat(closing.await()).isZero();
    }

    @Test
    void aSelectThatWaitsLearnsOfTheClose() throws Exception {
        Running<Integer> waiting = threads.start(select::await);
        receiversWait(watch, 1);

        watch.close();

        assertThat(waiting.failure()).isInstanceOf(ChannelClosedException.class).hasMessageContaining(watch.name());
        assertThat(other.waiters()).isEmpty();
    }
}
