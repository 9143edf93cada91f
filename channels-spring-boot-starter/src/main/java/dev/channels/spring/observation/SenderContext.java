package dev.channels.spring.observation;

import dev.channels.ChannelInterceptor;
import dev.channels.spring.listener.ListenerDefinition;
import dev.channels.spring.listener.MessageSurroundings;
import dev.channels.spring.transport.InterceptorFactory;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;

/**
 * Has listeners run in the context that their message was sent in: what thread-local accessors are registered for, and
 * the MDC. It goes with the message, so nothing is left of a message that is dropped; and it is there for listeners
 * only, whoever else receives gets nothing put into its thread.
 */
public final class SenderContext
        implements InterceptorFactory, ChannelInterceptor<Object>, MessageSurroundings.Factory, Ordered {

    private final ContextSnapshotFactory snapshots;

    /**
     * Creates the propagation.
     *
     * @param snapshots captures and restores
     */
    public SenderContext(ContextSnapshotFactory snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public ChannelInterceptor<Object> interceptorFor(String channel) {
        return this;
    }

    @Override
    public Object onSend(Object message) {
        return new Captured(snapshots.captureAll(), MDC.getCopyOfContextMap());
    }

    @Override
    public void onReceive(Object message, @Nullable Object attachment) {
        Arrivals arrivals = Arrivals.ofThisThread();
        if (arrivals != null && attachment instanceof Captured context) {
            arrivals.add(message, context);
        }
    }

    @Override
    public MessageSurroundings surround(ListenerDefinition listener) {
        return new Restoring();
    }

    /** Around observations, so that those of the sender are their parents. */
    @Override
    public int getOrder() {
        return -1;
    }

    /** What was captured in the sender's thread. */
    record Captured(ContextSnapshot snapshot, @Nullable Map<String, String> mdc) {

        /** The MDC first: an observation that is restored may put something of its own there. */
        MessageSurroundings.Scope restore() {
            Map<String, String> before = MDC.getCopyOfContextMap();
            setMdc(mdc);
            ContextSnapshot.Scope scope;
            try {
                scope = snapshot.setThreadLocals();
            } catch (Throwable failure) {
                setMdc(before);
                throw failure;
            }
            return () -> {
                try {
                    scope.close();
                } finally {
                    setMdc(before);
                }
            };
        }

        private static void setMdc(@Nullable Map<String, String> values) {
            if (values == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(values);
            }
        }
    }

    private static final class Restoring implements MessageSurroundings {

        private static final Scope NOTHING = () -> {};

        private final Arrivals arrivals = new Arrivals();

        @Override
        public void workerStarted() {
            arrivals.expectInThisThread();
        }

        @Override
        public Scope enter(Object message) {
            Captured context = arrivals.take(message);
            Scope restored = context == null ? NOTHING : context.restore();
            Arrivals.expectNothingInThisThread();
            return () -> {
                arrivals.expectInThisThread();
                restored.leave();
            };
        }
    }
}
