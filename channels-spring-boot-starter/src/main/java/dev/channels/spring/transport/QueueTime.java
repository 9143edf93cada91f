package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Measures, for one channel, the time from the call that sends a message to the one that receives it. */
public final class QueueTime implements ChannelInterceptor<Object> {

    private final List<LongConsumer> recorders = new CopyOnWriteArrayList<>();
    private volatile @Nullable QueueAge age;

    QueueTime() {}

    /** The channel is there. The age of its oldest message is known if that is the one to be received next. */
    void follow(Channel<?> channel, Overflow overflow) {
        age = new QueueAge(channel::stats, overflow);
    }

    /**
     * Tells of all times to come.
     *
     * @param recorder is told, in the threads that receive, how many nanoseconds ago the message was sent
     */
    public void addRecorder(LongConsumer recorder) {
        recorders.add(recorder);
    }

    /**
     * How long the oldest message has been in the channel, to within ten milliseconds or, with thousands of messages, a
     * hundredth.
     *
     * @return its age; zero if there is none; {@code null} if the channel is no queue, or has an order of its own
     */
    public @Nullable Duration oldestAge() {
        QueueAge known = age;
        return known == null ? null : known.oldest(System.nanoTime());
    }

    @Override
    public Object onSend(Object message) {
        long now = System.nanoTime();
        QueueAge known = age;
        if (known != null) {
            known.sending(now);
        }
        return now;
    }

    @Override
    public void onReceive(Object message, @Nullable Object attachment) {
        if (attachment instanceof Long sent) {
            long nanos = Math.max(0, System.nanoTime() - sent);
            for (LongConsumer recorder : recorders) {
                recorder.accept(nanos);
            }
        }
    }
}
