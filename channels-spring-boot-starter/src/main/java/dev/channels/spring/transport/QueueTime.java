package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Measures, for one channel, the time from the call that sends a message to the one that receives it. */
public final class QueueTime implements ChannelInterceptor<Object> {

    private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
    private volatile @Nullable QueueAge age;

    QueueTime() {}

    /** The channel is there. The age of its oldest message is known if that is the one to be received next. */
    void follow(Channel<?> channel, Overflow overflow) {
        age = new QueueAge(channel::stats, overflow);
    }

    /**
     * Tells of all times to come.
     *
     * @param recorder who is told, in the threads that send and receive
     */
    public void addRecorder(Recorder recorder) {
        recorders.add(recorder);
    }

    /**
     * How long the oldest message has been in the channel, to within ten milliseconds or, with thousands of messages, a
     * hundredth.
     *
     * @return its age; zero if there is none; {@code null} if the channel has an order of its own
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
            for (Recorder recorder : recorders) {
                recorder.inQueue(nanos);
            }
        }
    }

    @Override
    public void onSendWaited(long nanos) {
        for (Recorder recorder : recorders) {
            recorder.sendWaited(nanos);
        }
    }

    /** Keeps what was measured. */
    public interface Recorder {

        /**
         * A message was received.
         *
         * @param nanos how long ago it was sent
         */
        void inQueue(long nanos);

        /**
         * A send waited, and then succeeded or not.
         *
         * @param nanos how long
         */
        void sendWaited(long nanos);
    }
}
