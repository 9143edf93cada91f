package dev.channels.linearizability;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;

import dev.channels.Channel;
import dev.channels.Select;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A select that receives from a channel if it is full, and else sends to it. {@link ToggleModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public final class ToggleOperations extends ChannelOperations {

    static final int SENT = 0;
    static final int NOTHING = -1;

    public ToggleOperations() {
        super(Channel.bounded(1));
        channel.tryReceive(); // makes what is made at the first use, where Lincheck sees it
    }

    @Operation
    public int toggle(@Param(name = "message") int message) throws InterruptedException {
        return Select.biased(
                        receive(channel, received -> received),
                        send(channel, () -> message, () -> SENT),
                        otherwise(() -> NOTHING))
                .skipClosed()
                .await();
    }
}
