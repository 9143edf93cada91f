package dev.channels.differential;

import dev.channels.Channel;
import dev.channels.Overflow;
import dev.channels.Receiver;
import org.jspecify.annotations.Nullable;

/** A channel in the hands of a program. */
final class ChannelSubject extends Subject {

    private final Channel<Integer> channel;

    ChannelSubject(Channel<Integer> channel, Overflow overflow, Events events) {
        super(channel, overflow, events);
        this.channel = channel;
        add(channel);
    }

    @Override
    @Nullable Object subscribe() {
        return channel.capacity() + ", blocked " + channel.blockedSenders() + ", " + channel.blockedReceivers();
    }

    @Override
    @Nullable Object unsubscribe(Receiver<Integer> receiver) {
        return channel.size();
    }

    @Override
    @Nullable Object close(@Nullable Throwable cause) {
        if (cause == null) {
            channel.close();
        } else {
            channel.close(cause);
        }
        return null;
    }

    @Override
    @Nullable Object closeNow(@Nullable Throwable cause) {
        return cause == null ? channel.closeNow() : channel.closeNow(cause);
    }
}
