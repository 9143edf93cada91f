package dev.channels.spring.listener;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listener leaves unhandled at shutdown, until it is reported. Guarded by the container's lock. */
final class Leftovers {

    private static final Logger logger = LoggerFactory.getLogger(Leftovers.class);

    private final String listener;
    private final String channel;
    private final List<Object> messages = new ArrayList<>();
    private boolean reported;

    Leftovers(String listener, String channel) {
        this.listener = listener;
        this.channel = channel;
    }

    void add(Object inHand) {
        List<Object> left = Batch.messagesOf(inHand);
        if (reported) {
            logger.warn(
                    "Channel '{}' left {} accepted {} unhandled at shutdown, of {}: it came after the report",
                    channel,
                    left.size(),
                    left.size() == 1 ? "message" : "messages",
                    AbandonmentReport.typesOf(left));
        } else {
            messages.addAll(left);
        }
    }

    /** Takes their messages away from workers that do not come back, and names those. */
    void addFrom(Workers workers) {
        for (Worker worker : workers.all()) {
            Object message = worker.isCurrentThread() ? null : worker.giveUp();
            if (message != null) {
                add(message);
            }
            if (message != null || worker.mayTake() || worker.isDelivering()) {
                logger.warn(
                        "Listener '{}' ignores the interrupt at shutdown; thread {} is still at {}",
                        listener,
                        worker.thread().getName(),
                        firstFrame(worker.thread()));
            }
        }
    }

    private static Object firstFrame(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0];
    }

    /** What there is to report; there is one report. */
    List<Object> take() {
        reported = true;
        List<Object> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }
}
