package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A sender does not overtake itself while room is made for two: r1 whether the second was sent, r2 what is left. */
@JCStressTest
@Outcome(id = "true, \\[1, 2\\]", expect = ACCEPTABLE, desc = "Room for both in time.")
@Outcome(id = "false, \\[1\\]", expect = ACCEPTABLE, desc = "The first took the room that there was, or still waited.")
@State
public class TrySendBehindSendAsync {

    private final Channel<Integer> channel = Channel.bounded(2);

    public TrySendBehindSendAsync() {
        channel.trySend(0);
        channel.trySend(0);
    }

    @Actor
    public void send(ZL_Result r) {
        channel.sendAsync(1);
        r.r1 = channel.trySend(2);
    }

    @Actor
    public void makeRoom() {
        channel.tryReceive();
        channel.tryReceive();
    }

    @Arbiter
    public void left(ZL_Result r) {
        List<Integer> left = new ArrayList<>();
        channel.drainTo(left, 3);
        r.r2 = left;
    }
}
