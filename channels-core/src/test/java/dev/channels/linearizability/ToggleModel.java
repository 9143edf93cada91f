package dev.channels.linearizability;

/** What a channel for one message is for one thread that also toggles it. */
public final class ToggleModel extends ChannelModel {

    public ToggleModel() {
        super(1);
    }

    public int toggle(int message) {
        if (!messages.isEmpty()) {
            return messages.removeFirst();
        }
        return !isClosedForSend() && trySend(message) ? ToggleOperations.SENT : ToggleOperations.NOTHING;
    }
}
