package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerErrorHandler;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import dev.channels.spring.ListenerFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Asks the application's error handlers; one that fails itself has decided nothing. */
final class ErrorHandlers {

    private static final Logger logger = LoggerFactory.getLogger(ErrorHandlers.class);

    private final ObjectProvider<ChannelListenerErrorHandler> source;
    private volatile @Nullable List<ChannelListenerErrorHandler> found;

    ErrorHandlers(ObjectProvider<ChannelListenerErrorHandler> source) {
        this.source = source;
    }

    Decision decide(ListenerFailure failure) {
        for (ChannelListenerErrorHandler handler : all()) {
            Decision decision = ask(handler, failure);
            if (decision != Decision.DEFAULT) {
                return decision;
            }
        }
        return Decision.DEFAULT;
    }

    @SuppressWarnings("NullAway")
    private static Decision ask(ChannelListenerErrorHandler handler, ListenerFailure failure) {
        if (failure.cause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        try {
            Decision decision = handler.onError(failure);
            if (decision != null) {
                return decision;
            }
            logger.error("{} decided nothing, but null", handler.getClass().getName());
        } catch (Throwable unable) {
            logger.error(
                    "{} failed on a failure of listener '{}'",
                    handler.getClass().getName(),
                    failure.listener(),
                    unable);
        }
        return Decision.DEFAULT;
    }

    /** Found when they are needed first: they may depend on what listens. */
    private List<ChannelListenerErrorHandler> all() {
        List<ChannelListenerErrorHandler> handlers = found;
        if (handlers == null) {
            try {
                handlers = source.orderedStream().toList();
                found = handlers;
            } catch (RuntimeException unavailable) {
                logger.error("No ChannelListenerErrorHandler can be asked", unavailable);
                return List.of();
            }
        }
        return handlers;
    }
}
