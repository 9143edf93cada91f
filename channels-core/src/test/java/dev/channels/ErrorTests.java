package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An error in the middle, such as no stack left, neither holds a lock for ever nor leaves a dead thread in a list. */
class ErrorTests {

    private static final Port.Wait FAILS = waiters -> {
        throw new StackOverflowError();
    };

    private final Waiters waiters = new Waiters(Waiter.Side.RECEIVE);
    private final BlockedThread operation = waiters.borrow();

    static Stream<Engine> engines() {
        return Stream.of(
                new Rendezvous("rendezvous"),
                new Ring("ring", 1),
                new Plain("plain", 1, lock -> new DequeBuffer(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void aSendThatFailsUnderTheLockFreesIt(Engine engine) {
        Inlet inlet = engine.inlet();
        while (inlet.offer("fills it", null) == Signal.TAKEN) {
            // until there is no room
        }

        assertThatThrownBy(() -> inlet.offer("another", FAILS)).isInstanceOf(StackOverflowError.class);

        assertThat(inlet.offer("another", null)).isEqualTo(Signal.FULL);
        assertThat(engine.blockedSenders()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void aReceiveThatFailsUnderTheLockFreesIt(Engine engine) {
        Outlet outlet = engine.outlet();

        assertThatThrownBy(() -> outlet.poll(FAILS)).isInstanceOf(StackOverflowError.class);

        assertThat(outlet.poll(null)).isNull();
        assertThat(engine.blockedReceivers()).isZero();
    }

    @Test
    void aReceiveThatFailsUnderTheLockOfATimerFreesIt() {
        Outlet outlet = new TimerOutlet(Schedule.once(Duration.ofHours(1)));

        assertThatThrownBy(() -> outlet.poll(FAILS)).isInstanceOf(StackOverflowError.class);

        assertThat(outlet.poll(null)).isNull();
    }

    @Test
    void aThreadThatFailsWhileItWaitsIsTakenOut() {
        waiters.add(operation);

        assertThatThrownBy(() -> await(failing(1))).isInstanceOf(StackOverflowError.class);

        assertThat(waiters.isEmpty()).isTrue();
        assertThat(waiters.size()).isZero();
    }

    @Test
    void aThreadThatCannotEvenBeTakenOutIsPassedOver() {
        waiters.add(operation);
        BlockedThread next = new BlockedThread();
        waiters.add(next);

        assertThatThrownBy(() -> await(failing(2))).isInstanceOf(StackOverflowError.class);

        assertThat(waiters.poll()).isSameAs(next);
        assertThat(waiters.size()).isZero();
    }

    @Test
    void thePlaceOfAThreadThatFailedIsNotUsedAgain() {
        waiters.add(operation);
        assertThatThrownBy(() -> await(failing(2))).isInstanceOf(StackOverflowError.class);

        boolean unused = waiters.giveBack(operation);

        assertThat(waiters.borrow()).isNotSameAs(operation);
    }

    @Test
    void aThreadThatWasServedBeforeItFailedHasItsMessage() throws Exception {
        Withdrawal servesInstead = place -> {
            if (waiters.remove(place)) {
                place.message = "message";
                place.settle(false);
                throw new StackOverflowError();
            }
            return false;
        };
        waiters.add(operation);

        assertThat(await(servesInstead)).isEqualTo(BlockedThread.End.DONE);
        assertThat(operation.message()).isEqualTo("message");
    }

    private BlockedThread.End await(Withdrawal port) throws InterruptedException {
        return operation.await(port, new Patience(false), 1);
    }

    /** Takes nobody out for the first times that it is asked. */
    private Withdrawal failing(int times) {
        Queue<Error> failures = new ArrayDeque<>();
        for (int i = 0; i < times; i++) {
            failures.add(new StackOverflowError());
        }
        return place -> {
            Error failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return waiters.remove(place);
        };
    }
}
