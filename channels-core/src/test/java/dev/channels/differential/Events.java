package dev.channels.differential;

import dev.channels.ChannelInterceptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel calls back, in order. Some messages make the callbacks throw. */
final class Events implements ChannelInterceptor<Integer>, Thread.UncaughtExceptionHandler {

    private static final int ONE_IN = 16;

    private final List<String> seen = new ArrayList<>();

    @Override
    public Object onSend(Integer message) {
        note("send", message, 0);
        return message + "!";
    }

    @Override
    public void onReceive(Integer message, @Nullable Object attachment) {
        note("receive " + attachment, message, 1);
    }

    @Override
    public void onSendWaited(long nanos) {
        seen.add(nanos > 0 ? "waited" : "waited " + nanos);
    }

    void onDropped(Integer message) {
        note("drop", message, 2);
    }

    private void note(String what, int message, int failing) {
        seen.add(what + " " + message);
        if (message % ONE_IN == failing) {
            throw new UnsupportedOperationException(what + " " + message);
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        seen.add("uncaught " + failure);
    }

    @Override
    public String toString() {
        return seen.toString();
    }
}
