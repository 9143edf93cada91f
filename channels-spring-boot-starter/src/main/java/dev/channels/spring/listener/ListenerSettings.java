package dev.channels.spring.listener;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the properties say about a listener, {@code channels.listeners.<id>} first. */
public interface ListenerSettings {

    /**
     * How many workers it has.
     *
     * @param id its id
     * @param channel its channel
     * @param declared what the annotation says, or an empty text
     * @return the number or range
     */
    Concurrency concurrency(String id, String channel, String declared);

    /**
     * How many workers a listener has that can only have one; what is said for all channels is not meant for it.
     *
     * @param id its id
     * @param channel its channel
     * @param declared what the annotation says, or an empty text
     * @return one
     * @throws IllegalArgumentException if something else is said for this listener or its channel
     */
    Concurrency single(String id, String channel, String declared);

    /**
     * Whether it starts with the context.
     *
     * @param id its id
     * @param channel its channel
     * @param declared what the annotation says, or an empty text
     * @return whether it does
     */
    boolean autoStartup(String id, String channel, String declared);

    /**
     * After how long without a message a worker above the minimum ends.
     *
     * @param id its id
     * @param channel its channel
     * @return the time
     */
    Duration idleTimeout(String id, String channel);

    /**
     * What is done about its failures.
     *
     * @param id its id
     * @param channel its channel
     * @return the settings
     */
    FailureSettings failure(String id, String channel);

    /**
     * How it takes batches, if it takes batches.
     *
     * @param id its id
     * @param channel its channel
     * @param declaredSize what the annotation says, or an empty text
     * @param declaredLinger what the annotation says, or an empty text
     * @return the settings
     */
    BatchSettings batch(String id, String channel, String declaredSize, String declaredLinger);

    /**
     * How many messages may wait for their key.
     *
     * @param id its id
     * @param channel its channel
     * @return the number, or {@code null} if it follows the number of workers
     */
    @Nullable Integer keyBuffer(String id, String channel);

    /**
     * The ids that the properties speak of.
     *
     * @return the ids
     */
    Set<String> configuredIds();

    /**
     * Whether the JVM stays up while listeners run.
     *
     * @return whether it does
     */
    boolean keepAlive();
}
