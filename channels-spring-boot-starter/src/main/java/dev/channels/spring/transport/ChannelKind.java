package dev.channels.spring.transport;

/** What a channel does with a message. */
public enum ChannelKind {

    /** Each message goes to one receiver. */
    QUEUE,

    /** Each message goes to every subscription. */
    BROADCAST
}
