package dev.channels.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.channels.Channel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A blocked send is interrupted and, a moment later, served: r1 whether it sent, r2 its flag, r3 what is left. */
@JCStressTest
@Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "Served first: it has sent, and keeps the flag.")
@Outcome(id = "false, false, null", expect = ACCEPTABLE, desc = "Interrupted first: it threw and sent nothing.")
@State
public class InterruptAgainstSend {

    private final Channel<Integer> channel = Channel.bounded(1);
    private volatile Thread sender;
    private volatile boolean interrupted;

    public InterruptAgainstSend() {
        channel.trySend(0);
    }

    @Actor
    public void send(ZZL_Result r) {
        sender = Thread.currentThread();
        try {
            channel.send(1);
            r.r1 = true;
        } catch (InterruptedException e) {
            r.r1 = false;
        }
        while (!interrupted) {
            Thread.onSpinWait();
        }
        r.r2 = Thread.interrupted();
    }

    @Actor
    public void interruptAndMakeRoom() {
        while (sender == null) {
            Thread.onSpinWait();
        }
        sender.interrupt();
        interrupted = true;
        channel.tryReceive();
    }

    @Arbiter
    public void left(ZZL_Result r) {
        r.r3 = channel.tryReceive();
    }
}
