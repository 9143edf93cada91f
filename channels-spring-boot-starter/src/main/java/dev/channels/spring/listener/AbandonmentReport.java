package dev.channels.spring.listener;

import dev.channels.spring.AbandonedMessages;
import dev.channels.spring.registry.RegisteredChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Tells what was left behind: in the log, in a counter, and to whoever wants the messages. */
public final class AbandonmentReport {

    private static final Logger logger = LoggerFactory.getLogger(AbandonmentReport.class);

    private final ObjectProvider<AbandonedMessages> recipients;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Creates the report.
     *
     * @param recipients who gets the messages, asked when there are some
     */
    public AbandonmentReport(ObjectProvider<AbandonedMessages> recipients) {
        this.recipients = recipients;
    }

    /**
     * How many messages of a channel were left behind.
     *
     * @param channel the channel's name
     * @return the number
     */
    public long count(String channel) {
        LongAdder count = counts.get(channel);
        return count == null ? 0 : count.sum();
    }

    /** The log and the counter first, for all channels: what a recipient does must not keep anything from being told. */
    void send(Map<RegisteredChannel, List<Object>> abandoned) {
        abandoned.forEach((channel, messages) -> tell(channel.name(), messages));
        abandoned.forEach((channel, messages) -> hand(channel.name(), List.copyOf(messages)));
    }

    /** Messages that a dead-letter channel did not take. The log was told by who knows why. */
    void sendUndelivered(String channel, List<Object> messages) {
        count(channel, messages.size());
        hand(channel, List.copyOf(messages));
    }

    private void tell(String channel, List<Object> messages) {
        logger.warn(
                "Channel '{}' left {} accepted {} unhandled at shutdown, of {}",
                channel,
                messages.size(),
                messages.size() == 1 ? "message" : "messages",
                typesOf(messages));
        count(channel, messages.size());
    }

    /** The classes of messages, for people. */
    static String typesOf(List<Object> messages) {
        return messages.stream().map(Payload::typeName).distinct().collect(Collectors.joining(", "));
    }

    private void count(String channel, int messages) {
        counts.computeIfAbsent(channel, name -> new LongAdder()).add(messages);
    }

    private void hand(String channel, List<Object> messages) {
        List<AbandonedMessages> found;
        try {
            found = recipients.orderedStream().toList();
        } catch (RuntimeException unavailable) {
            logger.error("The messages of channel '{}' cannot be handed to AbandonedMessages", channel, unavailable);
            return;
        }
        for (AbandonedMessages recipient : found) {
            try {
                recipient.abandoned(channel, messages);
            } catch (Throwable failure) {
                logger.error(
                        "{} failed on the messages of channel '{}'",
                        recipient.getClass().getName(),
                        channel,
                        failure);
            }
        }
    }
}
