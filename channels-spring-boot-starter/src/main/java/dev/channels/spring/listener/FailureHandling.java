package dev.channels.spring.listener;

import dev.channels.spring.BatchListenerFailedException;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import dev.channels.spring.ListenerFailure;
import dev.channels.spring.transport.ChannelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a message or batch whose listener failed: error handlers decide, then there are retries, then the
 * dead-letter channel. All that happens in the worker's thread, with the message still in its hand: until its letter is
 * taken shutdown can take the message away, and while a letter is on its way only if that hangs until the time is up.
 */
final class FailureHandling {

    private static final Logger logger = LoggerFactory.getLogger(FailureHandling.class);

    private final ListenerContainer container;
    private final Settlement settlement;
    private final ListenerFailures shared;
    private final @Nullable DeadLetters deadLetters;
    private final CountDownLatch retriesEnded = new CountDownLatch(1);

    FailureHandling(ListenerContainer container, ListenerFailures shared) {
        this.container = container;
        this.settlement = container.settlement();
        this.shared = shared;
        String target = container.channel().definition().deadLetter();
        this.deadLetters = target == null ? null : new DeadLetters(shared.channels(), container, target);
    }

    /** From now on nothing waits for a retry: the context closes. */
    void endRetries() {
        retriesEnded.countDown();
    }

    /** Goes on with a message or batch after its first call; {@code false} if it is left to the report of shutdown. */
    boolean handle(
            Worker worker, Object inHand, Throwable cause, long nanos, MessageSurroundings.@Nullable Scope scope) {
        try (Failed failed = new Failed(inHand, cause, nanos, scope)) {
            return handle(worker, failed);
        }
    }

    private boolean handle(Worker worker, Failed failed) {
        try {
            Retries retries = new Retries(container.definition().failure().retry());
            while (true) {
                if (!countThoseBeforeTheFailed(worker, failed, retries)) {
                    return false;
                }
                if (settlement.isCutShort()) {
                    return !settlement.leave(worker, failed.inHand);
                }
                Decision decision = decide(failed);
                if (decision == Decision.HANDLED) {
                    tellWhoWaits(failed);
                    return worker.succeeded(failed.inHand, failed.nanos);
                }
                long delay = delay(decision, failed, retries);
                if (delay < 0) {
                    return giveUp(worker, failed);
                }
                if (!await(delay)) {
                    return giveUpEarly(worker, failed);
                }
                if (!isWanted(failed)) {
                    return giveUp(worker, failed);
                }
                if (call(failed)) {
                    return worker.succeeded(failed.inHand, failed.nanos);
                }
            }
        } catch (Throwable unexpected) {
            log(
                    unexpected,
                    cause -> logger.error(
                            "The failures of listener '{}' cannot be handled as configured", container.id(), cause));
            return giveUp(worker, failed);
        }
    }

    /** Whether the message is still ours. */
    private boolean countThoseBeforeTheFailed(Worker worker, Failed failed, Retries retries) {
        if (failed.inHand instanceof Batch batch
                && failed.cause instanceof BatchListenerFailedException partly
                && partly.index() > 0
                && partly.index() < batch.messages().size()) {
            Batch rest = batch.from(partly.index());
            failed.inHand = rest;
            retries.beginAnew();
            return settlement.handledButFor(worker, rest, partly.index());
        }
        return true;
    }

    private Decision decide(Failed failed) {
        Decision decision = shared.errorHandlers()
                .decide(new ListenerFailure(
                        container.channel().name(),
                        container.id(),
                        Batch.payloadOf(failed.inHand),
                        failed.cause,
                        failed.calls));
        // The flag was for the error handlers; it must not keep a retry from waiting or a letter from being sent.
        Thread.interrupted();
        return decision;
    }

    private long delay(Decision decision, Failed failed, Retries retries) {
        if (!failed.canBeTriedAgain || !isWanted(failed)) {
            return Retries.NONE;
        }
        return switch (decision) {
            case DEFAULT -> retries.next(failed.cause);
            case RETRY -> Math.max(0, retries.next(failed.cause));
            case HANDLED, DEAD_LETTER -> Retries.NONE;
        };
    }

    /** Who asked may have left meanwhile; an answer would reach nobody. */
    private boolean isWanted(Failed failed) {
        return container.definition().handler().isWanted(failed.inHand);
    }

    /** Waits before a retry; {@code false} if there is to be none because of a shutdown or an interrupt. */
    private boolean await(long millis) {
        try {
            return !settlement.isCutShort()
                    && (millis == 0 || !retriesEnded.await(millis, TimeUnit.MILLISECONDS))
                    && !settlement.isCutShort();
        } catch (InterruptedException cutShort) {
            return false;
        }
    }

    /** Calls the listener again, or sends again what it returned; whether that is done now. */
    private boolean call(Failed failed) {
        container.counters().countRetry();
        failed.calls++;
        long start = System.nanoTime();
        try {
            if (failed.rest == null) {
                container.handler().handle(failed.inHand);
            } else {
                failed.rest.goOn();
            }
            return true;
        } catch (Throwable again) {
            failed.failedWith(again);
            return false;
        } finally {
            failed.nanos += System.nanoTime() - start;
        }
    }

    /** A retry was due that shutdown does not wait for. Who asked is told now: the web server may wait for that. */
    private boolean giveUpEarly(Worker worker, Failed failed) {
        boolean asked = container.channel().definition().kind() == ChannelKind.REQUEST;
        if (deadLetters == null && !asked && retriesEnded.getCount() == 0) {
            settlement.leaveToReport(worker, failed.inHand);
            return false;
        }
        return giveUp(worker, failed);
    }

    private boolean giveUp(Worker worker, Failed failed) {
        if (deadLetters != null) {
            return sendLetters(worker, failed, deadLetters);
        }
        if (settlement.leave(worker, failed.inHand)) {
            return false;
        }
        container.counters().failed(Batch.count(failed.inHand), failed.cause, failed.nanos);
        failed.givenUp();
        tellWhoWaits(failed);
        log(
                failed.cause,
                cause -> logger.error(
                        "Listener '{}' failed on {} from channel '{}'{}",
                        container.id(),
                        describe(Batch.messagesOf(failed.inHand)),
                        container.channel().name(),
                        failed.calls == 1 ? "" : " after " + failed.calls + " calls",
                        cause));
        return true;
    }

    /** Who asked gets the failure, unless there has been an answer. */
    private void tellWhoWaits(Failed failed) {
        container.definition().handler().givenUp(failed.inHand, failed.cause);
    }

    private boolean sendLetters(Worker worker, Failed failed, DeadLetters letters) {
        List<Object> messages = Batch.messagesOf(failed.inHand);
        Batch unsent = new Batch(new ArrayList<>(messages));
        if (!worker.deliver(unsent)) {
            return false;
        }
        Thread.interrupted();
        letters.send(worker, unsent, failed.cause, failed.calls);
        boolean mine = worker.delivered();
        List<Object> left = unsent.messages();
        int taken = messages.size() - left.size();
        container.counters().deadLettered(taken);
        if (!mine || (!left.isEmpty() && settlement.isCutShort())) {
            container.counters().failed(taken, failed.cause, failed.nanos);
            settlement.leave(worker, unsent);
            return false;
        }
        container.counters().failed(messages.size(), failed.cause, failed.nanos);
        failed.givenUp();
        if (left.isEmpty()) {
            log(
                    failed.cause,
                    cause -> logger.warn(
                            "Listener '{}' failed on {} from channel '{}' after {}; dead-letter channel '{}' has it:"
                                    + " {}",
                            container.id(),
                            describe(messages),
                            container.channel().name(),
                            failed.calls == 1 ? "1 call" : failed.calls + " calls",
                            letters.target(),
                            cause.toString()));
        } else {
            tellUndelivered(left, failed, letters);
        }
        worker.finish();
        return true;
    }

    private void tellUndelivered(List<Object> left, Failed failed, DeadLetters letters) {
        container.counters().undelivered(left.size());
        log(
                failed.cause,
                cause -> logger.error(
                        "Listener '{}' failed on {} from channel '{}', and dead-letter channel '{}' did not take it"
                                + " within {}; AbandonedMessages get it",
                        container.id(),
                        describe(left),
                        container.channel().name(),
                        letters.target(),
                        letters.timeout(),
                        cause));
        shared.report().sendUndelivered(container.channel().name(), left);
    }

    /** What was thrown is the application's, and may not even be able to say what it is. */
    private static void log(Throwable cause, Consumer<Throwable> line) {
        try {
            line.accept(cause);
        } catch (Throwable speechless) {
            line.accept(new IllegalStateException(cause.getClass().getName() + ", which cannot be described"));
        }
    }

    private static String describe(List<Object> messages) {
        String types = AbandonmentReport.typesOf(messages);
        return messages.size() == 1 ? "a " + types : messages.size() + " messages of " + types;
    }

    /** What is known by now about a message or batch that failed. */
    private static final class Failed implements AutoCloseable {
        private Object inHand;
        private Throwable cause;
        private @Nullable Delivery rest;
        private boolean canBeTriedAgain = true;
        private int calls = 1;
        private long nanos;

        private final MessageSurroundings.@Nullable Scope scope;

        Failed(Object inHand, Throwable thrown, long nanos, MessageSurroundings.@Nullable Scope scope) {
            this.inHand = inHand;
            this.scope = scope;
            this.cause = thrown;
            this.nanos = nanos;
            failedWith(thrown);
        }

        void givenUp() {
            if (scope != null) {
                scope.failed(cause);
            }
        }

        void failedWith(Throwable thrown) {
            if (thrown instanceof FailureOutsideListener outside) {
                cause = outside.reason();
                rest = outside.rest();
                canBeTriedAgain = rest != null;
            } else {
                cause = thrown;
            }
        }

        @Override
        public void close() {
            if (rest != null) {
                rest.close();
            }
        }
    }
}
