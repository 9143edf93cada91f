package dev.channels.linearizability;

import static dev.channels.linearizability.LinearizabilityTests.check;
import static dev.channels.linearizability.LinearizabilityTests.checkOnly;

import dev.channels.Channel;
import dev.channels.Overflow;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same as {@link LinearizabilityTests} for what is more or less than a channel with a buffer.
 *
 * <p>That some wait is tried at random under one lock only, where they are served at one instant with what serves them. A
 * ring serves them a moment later: "full" and "empty" are the truth all the same, but what else overlaps that may go
 * either way.
 */
@Timeout(3_600)
class KindsLinearizabilityTests {

    @Test
    void watch() {
        check(
                WatchOperations.class,
                WatchModel.class,
                "set 1 | increment, get | compareAndSet 2, hasChanged",
                "set 1 | watcherGet, hasChanged | set 2, close",
                "| tryReceive, tryReceive | set 1, close");
    }

    @Test
    void oneShot() {
        check(
                OneShotOperations.class,
                OneShotModel.class,
                "| send 1, isCancelled | cancel, tryReceive",
                "| send 1, tryReceive | fail, isClosedForReceive");
    }

    @Test
    void lifoWithSomeWhoWait() {
        check(
                LifoThatIsWaitedFor.class,
                WaitingModel.class,
                "sendAsync 1, sendAsync 2 | tryReceive, trySend 3 | closeNow, isClosedForReceive",
                "receiveAsync | trySend 1, tryReceive | trySend 2, close");
    }

    @Test
    void failing() {
        check(
                Failing.class,
                LinearizabilityTests.OneModel.class,
                "trySend 1 | tryReceive, trySend 2 | trySend 3, closeNow",
                "trySend 1 | tryReceive, tryReceive | trySend 2, close");
    }

    @Test
    void droppingWithoutABuffer() {
        check(
                DroppingWithoutABuffer.class,
                RendezvousModel.class,
                "receiveAsync | trySend 1, tryReceive | trySend 2, isClosedForReceive",
                "receiveAsync | trySend 1, isClosedForSend | closeNow, tryReceive");
    }

    @Test
    void oneIsNeitherFullNorEmptyWhileAMessageChangesHands() {
        checkOnly(
                12,
                OneThatIsWaitedFor.class,
                WaitingModel.class,
                "receiveAsync | trySend 1 | trySend 2",
                "sendAsync 1, sendAsync 2 | tryReceive | tryReceive");
    }

    @Test
    void twoAreNeitherFullNorEmptyWhileAMessageChangesHands() {
        checkOnly(
                1,
                TwoThatAreWaitedFor.class,
                TwoThatAreWaitedForModel.class,
                "receiveAsync, receiveAsync | trySend 1, trySend 2 | trySend 3, tryReceive",
                "receiveAsync | trySend 1, trySend 2 | receiveAsync, trySend 3",
                "sendAsync 1, sendAsync 2, sendAsync 3 | tryReceive, tryReceive | trySend 4, tryReceive");
    }

    @Test
    void oneThatIsClosedAtOnce() {
        checkOnly(
                1,
                OneThatIsWaitedFor.class,
                WaitingModel.class,
                "trySend 1 | isClosedForSend, tryReceive | closeNow",
                "sendAsync 1, sendAsync 2 | isClosedForSend, isClosedForReceive | closeNow");
    }

    @Test
    void aRendezvousThatIsClosedAtOnce() {
        check(
                RendezvousOperations.class,
                RendezvousModel.class,
                "sendAsync 1, sendAsync 2 | isClosedForSend, isClosedForReceive | closeNow");
    }

    @Test
    void requests() {
        checkOnly(
                1,
                RequestOperations.class,
                RequestModel.class,
                "requestAsync 1, requestAsync 2 | tryReceive, tryReceive | closeNow, isClosedForReceive",
                "requestAsync 1 | requestAsync 2 | tryReceive, close",
                "receiveAsync | requestAsync 1, tryReceive | peek, closeNow");
    }

    @Test
    void answers() {
        check(
                AnswerOperations.class,
                AnswerModel.class,
                "| reply 1, isAbandoned | cancel, fail",
                "| reply 1, cancel | closeNow, isAbandoned");
    }

    public static final class OneThatIsWaitedFor extends WaitingOperations {
        public OneThatIsWaitedFor() {
            super(Channel.bounded(1));
        }
    }

    public static final class TwoThatAreWaitedFor extends WaitingOperations {
        public TwoThatAreWaitedFor() {
            super(Channel.bounded(2));
        }
    }

    public static final class TwoThatAreWaitedForModel extends WaitingModel {
        public TwoThatAreWaitedForModel() {
            super(2);
        }
    }

    public static final class LifoThatIsWaitedFor extends WaitingOperations {
        public LifoThatIsWaitedFor() {
            super(Channel.builder("lifo").capacity(1).lifo().build());
        }
    }

    public static final class Failing extends ChannelOperations {
        public Failing() {
            super(Channel.builder("fail").capacity(1).overflow(Overflow.FAIL).build());
        }
    }

    public static final class DroppingWithoutABuffer extends ChannelOperations {
        public DroppingWithoutABuffer() {
            super(Channel.builder("drop").overflow(Overflow.DROP_LATEST).build());
        }

        @Operation
        public void receiveAsync() {
            channel.receiveAsync();
        }
    }
}
