package dev.channels.spring.transport;

import dev.channels.Overflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What a channel is to be.
 *
 * @param name its name
 * @param kind what it does with a message
 * @param elementType the type of its messages, or {@code null} if none was declared
 * @param capacity how many messages it holds at most; 0 for a rendezvous, {@code Integer.MAX_VALUE} for no limit
 * @param overflow what a send does when it is full
 * @param transport the name of its transport
 * @param transportOptions what only the transport understands
 * @param deadLetter the name of the channel that gets what its listeners give up, or {@code null} if there is none
 */
public record ChannelDefinition(
        String name,
        ChannelKind kind,
        @Nullable ResolvableType elementType,
        int capacity,
        Overflow overflow,
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
                name, kind, elementType, newCapacity, overflow, transport, transportOptions, deadLetter);
    }

    /**
     * The same channel with another type of messages.
     *
     * @param newType the type
     * @return the changed definition
     */
    public ChannelDefinition withElementType(ResolvableType newType) {
        return new ChannelDefinition(name, kind, newType, capacity, overflow, transport, transportOptions, deadLetter);
    }
}
