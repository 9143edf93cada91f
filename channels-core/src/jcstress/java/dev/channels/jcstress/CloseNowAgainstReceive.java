package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** One message, and two who want it: r1 what was received, r2 what was returned. */
@JCStressTest
@Outcome(id = "1, \\[\\]", expect = ACCEPTABLE, desc = "Received.")
@Outcome(id = "null, \\[1\\]", expect = ACCEPTABLE, desc = "Returned: the receive threw.")
@State
public class CloseNowAgainstReceive {

    private final Channel<Integer> channel = Channel.bounded(1);

    public CloseNowAgainstReceive() {
        channel.trySend(1);
    }

    @Actor
    public void receive(LL_Result r) {
        try {
            r.r1 = channel.receive();
        } catch (ChannelClosedException e) {
            r.r1 = null;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Actor
    public void closeNow(LL_Result r) {
        r.r2 = channel.closeNow();
    }
}
