package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A full channel closes while somebody sends, and is read to its end: r1 whether it sent, r2 how many were received. */
@JCStressTest
@Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "The send came first and was still served.")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "The close came first: the send threw.")
@State
public class CloseAgainstBlockedSend {

    private final Channel<Integer> channel = Channel.bounded(1);

    public CloseAgainstBlockedSend() {
        channel.trySend(0);
    }

    @Actor
    public void send(ZL_Result r) {
        try {
            channel.send(1);
            r.r1 = true;
        } catch (ChannelClosedException e) {
            r.r1 = false;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Actor
    public void closeAndReadToTheEnd(ZL_Result r) {
        channel.close();
        r.r2 = channel.stream().mapToInt(message -> 1).sum();
    }
}
