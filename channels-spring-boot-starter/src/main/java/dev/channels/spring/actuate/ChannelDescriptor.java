package dev.channels.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel, as the endpoint shows it.
 *
 * @param kind what it does with a message
 * @param type the type of its messages, or {@code null} if none was declared
 * @param replyType the type of the answers of a request channel, else {@code null} and not shown
 * @param transport where its messages are
 * @param capacity how many messages it holds, or {@code null} if there is no limit
 * @param size how many messages it holds now
 * @param blockedSenders how many sends wait
 * @param blockedReceivers how many receives wait
 * @param sent how many messages were accepted
 * @param received how many messages were taken
 * @param dropped how many accepted messages were dropped
 * @param returned how many accepted messages were given back at a close
 * @param closed whether it is closed for sending
 * @param oldestAge how long the oldest message has been in it, in ISO-8601; only where time in queue is measured
 * @param senders the beans that depend on it
 * @param deadLetter the channel that gets what its listeners give up, or {@code null} if there is none
 * @param listeners the listeners that take from it
 */
public record ChannelDescriptor(
        String kind,
        @JsonInclude @Nullable String type,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replyType,
        String transport,
        @JsonInclude @Nullable Integer capacity,
        int size,
        int blockedSenders,
        int blockedReceivers,
        long sent,
        long received,
        long dropped,
        long returned,
        boolean closed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String oldestAge,
        List<String> senders,
        @JsonInclude @Nullable String deadLetter,
        List<ListenerDescriptor> listeners) {}
