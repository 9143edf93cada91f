package dev.channels.spring.listener;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Surroundings within surroundings: entered from the outermost to the innermost, left the other way. */
final class NestedSurroundings implements MessageSurroundings {

    private static final Logger logger = LoggerFactory.getLogger(NestedSurroundings.class);

    private final List<MessageSurroundings> fromOutermost;

    private NestedSurroundings(List<MessageSurroundings> fromOutermost) {
        this.fromOutermost = fromOutermost;
    }

    /** Those of a listener, or {@code null} if it has none. */
    static @Nullable MessageSurroundings of(ListenerDefinition listener, List<Factory> factories) {
        List<MessageSurroundings> found = new ArrayList<>();
        for (Factory factory : factories) {
            MessageSurroundings surroundings = factory.surround(listener);
            if (surroundings != null) {
                found.add(surroundings);
            }
        }
        return found.isEmpty() ? null : new NestedSurroundings(found);
    }

    @Override
    public void workerStarted() {
        fromOutermost.forEach(MessageSurroundings::workerStarted);
    }

    @Override
    public Scope enter(Object message) {
        Scope[] entered = new Scope[fromOutermost.size()];
        NestedScope scope = new NestedScope(entered);
        try {
            for (int depth = 0; depth < entered.length; depth++) {
                entered[depth] = fromOutermost.get(depth).enter(message);
                scope.depth++;
            }
        } catch (Throwable failure) {
            scope.leave();
            throw failure;
        }
        return scope;
    }

    /** What one of them throws is logged: it must not keep the others from being left, nor the worker from going on. */
    private static final class NestedScope implements Scope {

        private final Scope[] entered;
        private int depth;

        NestedScope(Scope[] entered) {
            this.entered = entered;
        }

        @Override
        public void failed(Throwable failure) {
            for (int each = depth - 1; each >= 0; each--) {
                try {
                    entered[each].failed(failure);
                } catch (Throwable another) {
                    logger.error("The failure of a listener cannot be told to {}", entered[each], another);
                }
            }
        }

        @Override
        public void leave() {
            while (depth > 0) {
                Scope innermost = entered[--depth];
                try {
                    innermost.leave();
                } catch (Throwable failure) {
                    logger.error("After a message {} cannot be left", innermost, failure);
                }
            }
        }
    }
}
