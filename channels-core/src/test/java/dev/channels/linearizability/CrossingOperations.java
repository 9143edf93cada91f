package dev.channels.linearizability;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;

import dev.channels.Channel;
import dev.channels.Select;
import java.util.ArrayList;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Selects over two channels for one message each, in different orders. They say "full" and "empty" only if both are, at
 * one instant. {@link CrossingModel} has the same methods.
 */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public final class CrossingOperations {

    private final Channel<Integer> left = Channel.bounded(1);
    private final Channel<Integer> right =
            Channel.builder("right").capacity(1).lifo().build();

    public CrossingOperations() {
        // Makes what is made at the first use, where Lincheck sees it.
        left.tryReceive();
        right.tryReceive();
    }

    /** One of them has room: which, nobody can tell from the answer. */
    @Operation
    public boolean sendToEither(@Param(name = "message") int message) throws InterruptedException {
        return Select.biased(
                        send(left, () -> message, () -> true),
                        send(right, () -> message, () -> true),
                        otherwise(() -> false))
                .await();
    }

    @Operation
    public boolean receiveFromEither() throws InterruptedException {
        return Select.biased(receive(right, any -> true), receive(left, any -> true), otherwise(() -> false))
                .await();
    }

    @Operation
    public boolean receiveFromEitherInTheOtherOrder() throws InterruptedException {
        return Select.biased(receive(left, any -> true), receive(right, any -> true), otherwise(() -> false))
                .await();
    }

    @Validate
    public void numbersAreExactAtRest() {
        int size = left.stats().size() + right.stats().size();
        int buffered = left.drainTo(new ArrayList<>(), 2) + right.drainTo(new ArrayList<>(), 2);
        if (buffered != size) {
            throw new AssertionError(buffered + " messages were in, and not " + size);
        }
    }
}
