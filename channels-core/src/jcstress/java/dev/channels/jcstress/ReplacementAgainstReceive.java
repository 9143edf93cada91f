package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.channels.Channel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A conflated channel gets a newer message while it is read: r1 what was received, r2 what is left. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Received before the newer one came.")
@Outcome(id = "2, null", expect = ACCEPTABLE, desc = "Received after it was replaced.")
@Outcome(id = "null, .*", expect = FORBIDDEN, desc = "At no moment there was no message.")
@State
public class ReplacementAgainstReceive {

    private final Channel<Integer> channel = Channel.conflated();

    public ReplacementAgainstReceive() {
        channel.trySend(1);
    }

    @Actor
    public void replace() {
        channel.trySend(2);
    }

    @Actor
    public void receive(LL_Result r) {
        r.r1 = channel.tryReceive();
    }

    @Arbiter
    public void left(LL_Result r) {
        r.r2 = channel.tryReceive();
    }
}
