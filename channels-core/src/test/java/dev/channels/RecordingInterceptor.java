package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it sees; it attaches a note to each message. */
final class RecordingInterceptor implements ChannelInterceptor<Integer> {

    /** A message, what was attached to it, and the thread in which it was seen. */
    record Seen(Integer message, Object attachment, Thread thread) {}

    private final List<Seen> entered = new CopyOnWriteArrayList<>();
    private final List<Seen> left = new CopyOnWriteArrayList<>();
    private final List<Long> waits = new CopyOnWriteArrayList<>();

    /** A new, empty channel that it sees. */
    Channel<Integer> channel(Capacity capacity) {
        return capacity.builder().interceptor(this).build();
    }

    /** A new channel without room that it sees. */
    Channel<Integer> full(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        capacity.fill(channel);
        return channel;
    }

    @Override
    public Object onSend(Integer message) {
        Object attachment = "attached to " + message;
        entered.add(new Seen(message, attachment, Thread.currentThread()));
        return attachment;
    }

    @Override
    public void onReceive(Integer message, Object attachment) {
        left.add(new Seen(message, attachment, Thread.currentThread()));
    }

    @Override
    public void onSendWaited(long nanos) {
        waits.add(nanos);
    }

    List<Seen> entered() {
        return entered;
    }

    List<Seen> left() {
        return left;
    }

    List<Long> waits() {
        return waits;
    }

    List<Integer> received() {
        return left.stream().map(Seen::message).toList();
    }

    void assertAttachmentsArrived() {
        assertThat(left).allSatisfy(seen -> assertThat(seen.attachment()).isEqualTo("attached to " + seen.message()));
    }
}
