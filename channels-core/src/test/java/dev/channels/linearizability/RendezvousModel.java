package dev.channels.linearizability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel without a buffer is for one thread: the messages are those of senders that wait. */
public final class RendezvousModel extends ChannelModel {

    private int receivers;

    public RendezvousModel() {
        super(Integer.MAX_VALUE);
    }

    @Override
    public boolean trySend(int message) {
        throwIf(isClosedForSend());
        if (receivers == 0) {
            return false;
        }
        receivers--;
        return true;
    }

    public void sendAsync(int message) {
        if (!isClosedForSend() && !trySend(message)) {
            messages.add(message);
        }
    }

    public void receiveAsync() {
        if (!isClosedForReceive() && tryReceive() == null) {
            receivers++;
        }
    }

    @Override
    public @Nullable Integer peek() {
        return null;
    }

    @Override
    public List<Integer> closeNow() {
        super.closeNow();
        return List.of();
    }
}
