package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two wait to send, the first gives up while room is made for one: r1 whether it gave up, r2 whether the second was
 * served, r3 what is in the channel.
 */
@JCStressTest
@Outcome(id = "true, true, 2", expect = ACCEPTABLE, desc = "It gave up first: the room was for the second.")
@Outcome(id = "false, false, 1", expect = ACCEPTABLE, desc = "It was served first, and the second waits on.")
@State
public class CancelPassesTheTurnOn {

    private final Channel<Integer> channel = Channel.bounded(1);
    private final CompletableFuture<Void> first;
    private final CompletableFuture<Void> second;

    public CancelPassesTheTurnOn() {
        channel.trySend(0);
        first = channel.sendAsync(1);
        second = channel.sendAsync(2);
    }

    @Actor
    public void giveUp(ZZL_Result r) {
        r.r1 = first.cancel(true);
    }

    @Actor
    public void makeRoom() {
        channel.tryReceive();
    }

    @Arbiter
    public void served(ZZL_Result r) {
        r.r2 = second.isDone();
        r.r3 = channel.peek();
    }
}
