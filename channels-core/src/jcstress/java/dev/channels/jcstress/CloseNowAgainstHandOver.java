package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A channel without a buffer closes at once while a receiver waits and a sender comes: r1 sent, r2 received. */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Handed over before the close.")
@Outcome(id = "false, null", expect = ACCEPTABLE, desc = "Closed: the receive failed, the send threw.")
@State
public class CloseNowAgainstHandOver {

    private final Channel<Integer> channel = Channel.rendezvous();
    private final CompletableFuture<Integer> receive = channel.receiveAsync();

    @Actor
    public void send(ZL_Result r) {
        try {
            r.r1 = channel.trySend(1);
        } catch (ChannelClosedException e) {
            r.r1 = false;
        }
    }

    @Actor
    public void closeNow() {
        channel.closeNow();
    }

    @Arbiter
    public void received(ZL_Result r) {
        r.r2 = receive.exceptionally(failure -> null).join();
    }
}
