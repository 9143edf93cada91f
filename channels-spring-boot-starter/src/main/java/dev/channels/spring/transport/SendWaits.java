package dev.channels.spring.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** Tells of the sends to one channel that waited, whether they then succeeded or not. */
public final class SendWaits implements LongConsumer {

    private final List<LongConsumer> recorders = new CopyOnWriteArrayList<>();

    SendWaits() {}

    /**
     * Tells of all waits to come.
     *
     * @param recorder is told, in the threads that send, how many nanoseconds each was
     */
    public void addRecorder(LongConsumer recorder) {
        recorders.add(recorder);
    }

    @Override
    public void accept(long nanos) {
        for (LongConsumer recorder : recorders) {
            recorder.accept(nanos);
        }
    }
}
