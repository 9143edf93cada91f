package dev.channels.spring.listener;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is to be.
 *
 * @param id its id
 * @param channel the name of its channel
 * @param beanName the bean whose method it is, or {@code null} if it was registered without an annotation
 * @param description what is called, for people
 * @param handler what is called
 * @param concurrency how many workers
 * @param autoStartup whether it starts with the context
 * @param idleTimeout after how long without a message a worker above the minimum ends
 * @param failure what is done about its failures
 * @param batch how it takes batches, or {@code null} if it takes single messages
 * @param key what orders its messages, or {@code null}
 * @param keyBuffer how many messages may wait for their key, or {@code null} for four for each worker
 * @param sendTo the channel that gets what it returns, or {@code null}
 */
public record ListenerDefinition(
        String id,
        String channel,
        @Nullable String beanName,
        String description,
        MessageHandler handler,
        Concurrency concurrency,
        boolean autoStartup,
        Duration idleTimeout,
        FailureSettings failure,
        @Nullable BatchSettings batch,
        @Nullable KeyExpression key,
        @Nullable Integer keyBuffer,
        @Nullable String sendTo) {}
