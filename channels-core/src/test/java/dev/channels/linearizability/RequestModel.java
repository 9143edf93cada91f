package dev.channels.linearizability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the queue of a request channel is for one thread: behind the one in the buffer stand others that wait. */
public final class RequestModel {

    private final WaitingModel channel = new WaitingModel();

    public void requestAsync(int question) {
        channel.sendAsync(question);
    }

    public @Nullable Integer tryReceive() {
        return channel.tryReceive();
    }

    public void receiveAsync() {
        channel.receiveAsync();
    }

    public @Nullable Integer peek() {
        return channel.peek();
    }

    public void close() {
        channel.close();
    }

    public List<Integer> closeNow() {
        return channel.closeNow();
    }

    public boolean isClosedForReceive() {
        return channel.isClosedForReceive();
    }
}
