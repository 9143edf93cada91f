package dev.channels.spring.transport;

import dev.channels.Overflow;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What a channel is to be.
 *
 * @param name its name
 * @param kind what it does with a message
 * @param elementType the type of its messages, of a request channel that of the questions; {@code null} if none was
 *     declared
 * @param replyType the type of the answers of a request channel, else {@code null}
 * @param capacity how many messages it holds at most; 0 for a rendezvous, {@code Integer.MAX_VALUE} for no limit
 * @param overflow what a send does when it is full
 * @param sendTimeout how long a send waits at most, or {@code null} for ever
 * @param requestTimeout how long a request without a time of its own waits at most, or {@code null} for ever
 * @param transport the name of its transport
 * @param transportOptions what only the transport understands
 * @param deadLetter the name of the channel that gets what its listeners give up, or {@code null} if there is none
 */
public record ChannelDefinition(
        String name,
        ChannelKind kind,
        @Nullable ResolvableType elementType,
        @Nullable ResolvableType replyType,
        int capacity,
        Overflow overflow,
        @Nullable Duration sendTimeout,
        @Nullable Duration requestTimeout,
        String transport,
        Map<String, Object> transportOptions,
        @Nullable String deadLetter) {

    /**
     * The same channel with another capacity.
     *
     * @param newCapacity how many messages it holds at most
     * @return the changed definition
     */
    public ChannelDefinition withCapacity(int newCapacity) {
        return new ChannelDefinition(
                name,
                kind,
                elementType,
                replyType,
                newCapacity,
                overflow,
                sendTimeout,
                requestTimeout,
                transport,
                transportOptions,
                deadLetter);
    }

    /**
     * The same channel with another type of messages.
     *
     * @param newType the type
     * @return the changed definition
     */
    public ChannelDefinition withElementType(ResolvableType newType) {
        return new ChannelDefinition(
                name,
                kind,
                newType,
                replyType,
                capacity,
                overflow,
                sendTimeout,
                requestTimeout,
                transport,
                transportOptions,
                deadLetter);
    }
}
