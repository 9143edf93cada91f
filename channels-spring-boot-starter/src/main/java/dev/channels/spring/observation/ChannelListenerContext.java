package dev.channels.spring.observation;

import io.micrometer.observation.Observation;

/** What is known of one message while a listener handles it. */
public class ChannelListenerContext extends Observation.Context {

    private final String channel;
    private final String listener;
    private final Object message;

    /**
     * Creates the context.
     *
     * @param channel the name of the channel
     * @param listener the listener's id
     * @param message what the listener got
     */
    public ChannelListenerContext(String channel, String listener, Object message) {
        this.channel = channel;
        this.listener = listener;
        this.message = message;
    }

    /**
     * The name of the channel.
     *
     * @return the name
     */
    public String channel() {
        return channel;
    }

    /**
     * The listener's id.
     *
     * @return the id
     */
    public String listener() {
        return listener;
    }

    /**
     * What the listener got.
     *
     * @return the message
     */
    public Object message() {
        return message;
    }
}
