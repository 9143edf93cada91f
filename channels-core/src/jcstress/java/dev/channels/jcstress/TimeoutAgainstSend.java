package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** The time of a blocked send runs out while room is made for it: r1 whether it sent, r2 what is left. */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Served in time, or there was room already.")
@Outcome(id = "false, null", expect = ACCEPTABLE, desc = "Too late: the message is not in the channel and never will be.")
@State
public class TimeoutAgainstSend {

    private static final Duration TIMEOUT = Duration.ofNanos(500);

    private final Channel<Integer> channel = Channel.bounded(1);

    public TimeoutAgainstSend() {
        channel.trySend(0);
    }

    @Actor
    public void send(ZL_Result r) {
        try {
            r.r1 = channel.trySend(1, TIMEOUT);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Actor
    public void makeRoom() {
        channel.tryReceive();
    }

    @Arbiter
    public void left(ZL_Result r) {
        r.r2 = channel.tryReceive();
    }
}
