package dev.channels.linearizability;

import dev.channels.ChannelClosedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a broadcast with two subscriptions is for one thread. */
public abstract class BroadcastModel {

    private final int capacity;
    private final boolean dropsOldest;
    private final List<Backlog> subscriptions = List.of(new Backlog(), new Backlog());
    private boolean closed;

    BroadcastModel(int capacity, boolean dropsOldest) {
        this.capacity = capacity;
        this.dropsOldest = dropsOldest;
    }

    private static final class Backlog {
        final List<Integer> messages = new ArrayList<>();
        long missed;
        boolean live = true;
    }

    public boolean trySend(int message) {
        if (closed) {
            throw new ChannelClosedException("closed", null);
        }
        List<Backlog> live =
                subscriptions.stream().filter(backlog -> backlog.live).toList();
        if (!dropsOldest && live.stream().anyMatch(backlog -> backlog.messages.size() == capacity)) {
            return false;
        }
        for (Backlog backlog : live) {
            if (backlog.messages.size() == capacity) {
                backlog.messages.removeFirst();
                backlog.missed++;
            }
            backlog.messages.add(message);
        }
        return true;
    }

    public @Nullable Integer tryReceive(int which) {
        if (isClosedForReceive(which)) {
            throw new ChannelClosedException("closed", null);
        }
        List<Integer> messages = subscriptions.get(which).messages;
        return messages.isEmpty() ? null : messages.removeFirst();
    }

    public @Nullable Integer peek(int which) {
        List<Integer> messages = subscriptions.get(which).messages;
        return messages.isEmpty() ? null : messages.getFirst();
    }

    public long missed(int which) {
        return subscriptions.get(which).missed;
    }

    public boolean isClosedForReceive(int which) {
        Backlog backlog = subscriptions.get(which);
        return !backlog.live || (closed && backlog.messages.isEmpty());
    }

    public void unsubscribe(int which) {
        subscriptions.get(which).live = false;
        subscriptions.get(which).messages.clear();
    }

    public int subscribers() {
        return (int) subscriptions.stream().filter(backlog -> backlog.live).count();
    }

    public void close() {
        closed = true;
    }

    public void closeNow() {
        closed = true;
    }

    public boolean isClosedForSend() {
        return closed;
    }
}
