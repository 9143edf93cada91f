/**
 * Channels as Spring beans: what an application touches.
 *
 * <p>A channel is declared under {@code channels.definitions} and injected as a {@link dev.channels.Sender}; its
 * messages go to methods with {@link dev.channels.spring.ChannelListener @ChannelListener}.
 */
@NullMarked
package dev.channels.spring;

import org.jspecify.annotations.NullMarked;
