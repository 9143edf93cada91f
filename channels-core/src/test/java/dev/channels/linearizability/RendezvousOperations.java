package dev.channels.linearizability;

import dev.channels.Channel;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A channel without a buffer has more to tell when some wait at it. {@link RendezvousModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public final class RendezvousOperations extends ChannelOperations {

    public RendezvousOperations() {
        super(Channel.rendezvous());
    }

    @Operation
    public void sendAsync(@Param(name = "message") int message) {
        channel.sendAsync(message);
    }

    @Operation
    public void receiveAsync() {
        channel.receiveAsync();
    }
}
