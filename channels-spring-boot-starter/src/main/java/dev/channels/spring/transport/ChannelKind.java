package dev.channels.spring.transport;

/** What a channel does with a message. */
public enum ChannelKind {

    /** Each message goes to one receiver. */
    QUEUE,

    /** Each message goes to every subscription. */
    BROADCAST,

    /** There is one value, the latest; those who watch it get the newest. */
    WATCH,

    /** Each message is a question, and its sender gets the answer. */
    REQUEST
}
