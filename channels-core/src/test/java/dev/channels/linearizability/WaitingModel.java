package dev.channels.linearizability;

import java.util.List;

/** What a channel for one message is for one thread, when some wait at it: behind the one in the buffer stand others. */
public final class WaitingModel extends ChannelModel {

    private static final int CAPACITY = 1;

    private int receivers;

    public WaitingModel() {
        super(CAPACITY);
    }

    @Override
    public boolean trySend(int message) {
        throwIf(isClosedForSend());
        if (receivers > 0) {
            receivers--;
            return true;
        }
        return messages.size() < CAPACITY && messages.add(message);
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
    public List<Integer> closeNow() {
        List<Integer> all = super.closeNow();
        return all.subList(0, Math.min(all.size(), CAPACITY));
    }
}
