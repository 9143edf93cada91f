package dev.channels.jcstress;

import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import dev.channels.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two selects meet on two channels, in different orders: each says what it received, or 0 if it sent. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "They met on the right.")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "They met on the left.")
@State
public class SelectsThatCross {

    private final Channel<Integer> left = Channel.rendezvous();
    private final Channel<Integer> right = Channel.rendezvous();

    @Actor
    public void one(II_Result r) {
        r.r1 = receiveOrSend(left, right, 1);
    }

    @Actor
    public void other(II_Result r) {
        r.r2 = receiveOrSend(right, left, 2);
    }

    private static int receiveOrSend(Channel<Integer> from, Channel<Integer> to, int message) {
        try {
            return Select.fair(receive(from, received -> received), send(to, () -> message, () -> 0))
                    .await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
