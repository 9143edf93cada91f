package dev.channels.linearizability;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.ChannelStats;
import dev.channels.Overflow;
import dev.channels.Select;
import java.util.Comparator;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever two threads see of a channel is also possible one call after the other. For each kind come first scenarios
 * that were hard to get right, then random ones: more of them, and more interleavings of each, with
 * {@code -Dstress.rounds}.
 */
@Timeout(3_600)
class LinearizabilityTests {

    private static final double MORE = Math.sqrt(Integer.getInteger("stress.rounds", 2_000) / 2_000.0);
    private static final int RANDOM_SCENARIOS = (int) (2 * (MORE - 1));
    private static final int INTERLEAVINGS = (int) (40 * MORE);

    @Test
    void rendezvous() {
        check(
                RendezvousOperations.class,
                RendezvousModel.class,
                "sendAsync 1 | tryReceive, trySend 2 | receiveAsync, closeNow",
                "receiveAsync | trySend 1, tryReceive | trySend 2, isClosedForReceive");
    }

    @Test
    void capacityOne() {
        check(
                One.class,
                OneModel.class,
                "trySend 1 | tryReceive, trySend 2 | trySend 3, closeNow",
                "trySend 1 | tryReceive, tryReceive | trySend 2, trySend 3");
    }

    @Test
    void capacityTwo() {
        check(
                Two.class,
                TwoModel.class,
                "trySend 1, trySend 2 | tryReceive, trySend 3 | trySend 4, tryReceive",
                "trySend 1 | trySend 2, trySend 3 | tryReceive, tryReceive, tryReceive");
    }

    @Test
    void unbounded() {
        check(
                Unbounded.class,
                UnboundedModel.class,
                "| isClosedForReceive, tryReceive | trySend 1, close",
                "| trySend 1, trySend 2 | tryReceive, tryReceive");
    }

    @Test
    void lifo() {
        check(
                Lifo.class,
                LifoModel.class,
                "trySend 1 | tryReceive, trySend 2 | trySend 3, closeNow",
                "trySend 1 | isClosedForReceive, tryReceive | trySend 2, close");
    }

    @Test
    void priority() {
        check(
                Priority.class,
                PriorityModel.class,
                "trySend 2, trySend 3 | trySend 1, tryReceive | trySend 4, closeNow",
                "trySend 2 | tryReceive, tryReceive | trySend 3, trySend 1");
    }

    @Test
    void conflated() {
        check(
                Conflated.class,
                ConflatedModel.class,
                "trySend 1 | trySend 2, tryReceive | tryReceive, closeNow",
                "trySend 1 | peek, tryReceive | trySend 2, trySend 3");
    }

    @Test
    void droppingTheOldest() {
        check(
                DropOldest.class,
                DropOldestModel.class,
                "trySend 1, trySend 2 | trySend 3, isWithinCapacity | tryReceive, closeNow",
                "trySend 1, trySend 2 | trySend 3, tryReceive | trySend 4, tryReceive");
    }

    @Test
    void droppingTheLatest() {
        check(DropLatest.class, TwoModel.class, "trySend 1, trySend 2 | trySend 3, tryReceive | tryReceive, close");
    }

    @Test
    void broadcastThatBlocks() {
        check(
                BlockingBroadcast.class,
                BlockingBroadcastModel.class,
                "trySend 1 | trySend 2, unsubscribe 0 | tryReceive 1, close");
    }

    @Test
    void broadcastThatDropsTheOldest() {
        check(
                DroppingBroadcast.class,
                DroppingBroadcastModel.class,
                "trySend 1 | trySend 2, missed 0 | tryReceive 0, tryReceive 1");
    }

    @Test
    void aSelectThatReceivesOrSends() {
        check(
                ToggleOperations.class,
                ToggleModel.class,
                "| toggle 1, toggle 2 | toggle 3, close",
                "trySend 1 | toggle 2 | tryReceive, trySend 3");
    }

    @Test
    void selectsThatCross() {
        check(
                3 * INTERLEAVINGS,
                CrossingOperations.class,
                CrossingModel.class,
                "sendToEither 1 | receiveFromEither, sendToEither 2 | sendToEither 3, receiveFromEitherInTheOtherOrder",
                "sendToEither 1, sendToEither 2 | sendToEither 3 | receiveFromEither, sendToEither 4");
    }

    static void check(Class<?> operations, Class<?> model, String... scenarios) {
        check(INTERLEAVINGS, operations, model, scenarios);
    }

    /** Checks these scenarios and no random ones, in so many times more interleavings. */
    static void checkOnly(int times, Class<?> operations, Class<?> model, String... scenarios) {
        check(times * INTERLEAVINGS, 0, operations, model, scenarios);
    }

    private static void check(int interleavings, Class<?> operations, Class<?> model, String... scenarios) {
        check(interleavings, RANDOM_SCENARIOS, operations, model, scenarios);
    }

    /** A scenario is what happens before, and what each thread does then. */
    private static void check(
            int interleavings, int randomScenarios, Class<?> operations, Class<?> model, String... scenarios) {
        ModelCheckingOptions options = new ModelCheckingOptions();
        for (String scenario : scenarios) {
            options.addCustomScenario(new Scenario(operations).of(scenario));
        }
        options.logLevel(LoggingLevel.ERROR)
                .iterations(randomScenarios)
                .invocationsPerIteration(interleavings)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                // More than any loop here takes, but for one that waits for a lock.
                .loopIterationsBeforeThreadSwitch(5)
                // These do not race: what is said of a channel, and the making of a select.
                .addGuarantee(forClasses(ChannelClosedException.class.getName(), ChannelStats.class.getName())
                        .allMethods()
                        .ignore())
                .addGuarantee(forClasses(Select.class.getName())
                        .methods("biased", "receive", "send", "otherwise", "skipClosed")
                        .ignore())
                .sequentialSpecification(model)
                .check(operations);
    }

    public static final class One extends ChannelOperations {
        public One() {
            super(Channel.bounded(1));
        }
    }

    public static final class OneModel extends ChannelModel {
        public OneModel() {
            super(1);
        }
    }

    public static final class Two extends ChannelOperations {
        public Two() {
            super(Channel.bounded(2));
        }
    }

    public static final class TwoModel extends ChannelModel {
        public TwoModel() {
            super(2);
        }
    }

    public static final class Unbounded extends ChannelOperations {
        public Unbounded() {
            super(Channel.unbounded());
        }
    }

    public static final class UnboundedModel extends ChannelModel {
        public UnboundedModel() {
            super(Integer.MAX_VALUE);
        }
    }

    public static final class Lifo extends ChannelOperations {
        public Lifo() {
            super(Channel.builder("lifo").capacity(2).lifo().build());
        }
    }

    public static final class LifoModel extends ChannelModel {
        public LifoModel() {
            super(2);
        }

        @Override
        int place(int message) {
            return 0;
        }
    }

    public static final class Priority extends ChannelOperations {
        public Priority() {
            super(Channel.builder("priority")
                    .capacity(2)
                    .priority(Comparator.<Integer>naturalOrder())
                    .overflow(Overflow.DROP_OLDEST)
                    .build());
        }
    }

    public static final class PriorityModel extends ChannelModel {
        public PriorityModel() {
            super(2);
        }

        @Override
        int place(int message) {
            return (int) messages.stream().filter(other -> other <= message).count();
        }

        @Override
        boolean addToFull(int message) {
            int place = place(message);
            messages.add(place, message);
            messages.removeLast();
            return place < messages.size();
        }
    }

    public static final class Conflated extends ChannelOperations {
        public Conflated() {
            super(Channel.conflated());
        }
    }

    public static final class ConflatedModel extends ChannelModel {
        public ConflatedModel() {
            super(1);
        }

        @Override
        boolean addToFull(int message) {
            messages.removeFirst();
            return messages.add(message);
        }
    }

    public static final class DropOldest extends ChannelOperations {
        public DropOldest() {
            super(Channel.builder("drop-oldest")
                    .capacity(2)
                    .overflow(Overflow.DROP_OLDEST)
                    .build());
        }
    }

    public static final class DropOldestModel extends ChannelModel {
        public DropOldestModel() {
            super(2);
        }

        @Override
        boolean addToFull(int message) {
            messages.removeFirst();
            return messages.add(message);
        }
    }

    public static final class DropLatest extends ChannelOperations {
        public DropLatest() {
            super(Channel.builder("drop-latest")
                    .capacity(2)
                    .overflow(Overflow.DROP_LATEST)
                    .build());
        }
    }

    public static final class BlockingBroadcast extends BroadcastOperations {
        public BlockingBroadcast() {
            super(1, Overflow.BLOCK);
        }
    }

    public static final class BlockingBroadcastModel extends BroadcastModel {
        public BlockingBroadcastModel() {
            super(1, false);
        }
    }

    public static final class DroppingBroadcast extends BroadcastOperations {
        public DroppingBroadcast() {
            super(1, Overflow.DROP_OLDEST);
        }
    }

    public static final class DroppingBroadcastModel extends BroadcastModel {
        public DroppingBroadcastModel() {
            super(1, true);
        }
    }
}
