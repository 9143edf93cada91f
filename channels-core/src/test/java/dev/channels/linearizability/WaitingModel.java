package dev.channels.linearizability;

import java.util.List;

/** What a channel with a buffer is for one thread, when some wait at it: behind those in the buffer stand others. */
public class WaitingModel extends ChannelModel {

    private final int capacity;
    private int receivers;

    public WaitingModel() {
        this(1);
    }

    WaitingModel(int capacity) {
        super(capacity);
        this.capacity = capacity;
    }

    @Override
    public boolean trySend(int message) {
        throwIf(isClosedForSend());
        if (receivers > 0) {
            receivers--;
            return true;
        }
        return messages.size() < capacity && messages.add(message);
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
        return all.subList(0, Math.min(all.size(), capacity));
    }
}
