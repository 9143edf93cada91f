package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerErrorHandler;
import dev.channels.spring.registry.DefaultChannelRegistry;
import org.springframework.beans.factory.ObjectProvider;

/** What the listeners share when they fail: who decides, where dead letters go, who hears of what was not delivered. */
public final class ListenerFailures {

    private final DefaultChannelRegistry channels;
    private final AbandonmentReport report;
    private final ErrorHandlers errorHandlers;

    /**
     * Creates it.
     *
     * @param channels where dead-letter channels are found
     * @param errorHandlers who decides about failures, asked when there is one
     * @param report told of what nobody handled
     */
    public ListenerFailures(
            DefaultChannelRegistry channels,
            ObjectProvider<ChannelListenerErrorHandler> errorHandlers,
            AbandonmentReport report) {
        this.channels = channels;
        this.report = report;
        this.errorHandlers = new ErrorHandlers(errorHandlers);
    }

    DefaultChannelRegistry channels() {
        return channels;
    }

    AbandonmentReport report() {
        return report;
    }

    ErrorHandlers errorHandlers() {
        return errorHandlers;
    }
}
