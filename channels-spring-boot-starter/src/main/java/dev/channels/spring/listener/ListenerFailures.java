package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerErrorHandler;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the listeners share when they fail: who decides, where dead letters go, who hears of what was not delivered. */
public final class ListenerFailures {

    private final DefaultChannelRegistry channels;
    private final AbandonmentReport report;
    private final ErrorHandlers errorHandlers;

    /**
     * Creates it.
     *
     * @param channels where dead-letter channels are found
     * @param report told of what a dead-letter channel did not take
     * @param errorHandlers who decides about failures, asked when there is one
     */
    public ListenerFailures(
            DefaultChannelRegistry channels,
            AbandonmentReport report,
            Supplier<Stream<ChannelListenerErrorHandler>> errorHandlers) {
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
