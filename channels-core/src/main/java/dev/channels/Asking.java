package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All forms of asking: a request is opened, then sent, then waits for its answer. Whoever gives up on the way abandons
 * it first, and then takes it back from wherever it is.
 */
final class Asking<Q, A> {

    private final Sending<Request<Q, A>> sending;
    private final Consumer<Request<Q, A>> retraction;
    private final Answers answers;
    private final Completions completions = new Completions(false);
    private final Patience patience = new Patience(true);

    /** Retraction takes a request out of the queue, if it is there. */
    Asking(Sending<Request<Q, A>> sending, Answers answers, Consumer<Request<Q, A>> retraction) {
        this.sending = sending;
        this.answers = answers;
        this.retraction = retraction;
    }

    A request(Q question) throws InterruptedException {
        Objects.requireNonNull(question, "question");
        return unwrap(Objects.requireNonNull(ask(question, BlockedThread.FOREVER)));
    }

    A request(Q question, Duration timeout) throws InterruptedException, TimeoutException {
        Objects.requireNonNull(question, "question");
        Object answer = ask(question, Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)));
        if (answer == null) {
            throw new TimeoutException("No answer on channel '" + sending.name() + "' within " + timeout);
        }
        return unwrap(answer);
    }

    /** The answer, or {@code null} when the time is up. */
    private @Nullable Object ask(Q question, long nanos) throws InterruptedException {
        Sending.throwIfInterrupted();
        long from = System.nanoTime();
        BlockedThread place = new BlockedThread();
        place.begin();
        StandardRequest<Q, A> request = answers.open(question, place);
        try {
            if (!sending.trySend(request, Duration.ofNanos(nanos))) {
                return null;
            }
            long left = nanos == BlockedThread.FOREVER ? nanos : Math.max(0, nanos - (System.nanoTime() - from));
            return switch (place.await(answers, patience, left)) {
                case DONE -> place.message();
                case TIMED_OUT -> null;
                case CLOSED -> throw sending.inlet().closedException();
            };
        } finally {
            answers.withdraw(place);
            if (request.isAbandoned()) {
                retraction.accept(request);
            }
        }
    }

    CompletableFuture<A> requestAsync(Q question) {
        Objects.requireNonNull(question, "question");
        WithdrawableFuture<A> future = new WithdrawableFuture<>();
        PendingFuture requester = new PendingFuture(completions, future, settled -> complete(future, settled));
        StandardRequest<Q, A> request = answers.open(question, requester);
        CompletableFuture<Void> sent = sending.sendAsync(request);
        future.withdrawBy(() -> withdraw(requester, request, sent));
        CompletableFuture<Void> unused = sent.whenComplete((nothing, failure) -> {
            if (failure != null && withdraw(requester, request, sent)) {
                future.fail(failure);
            }
        });
        return future;
    }

    private boolean withdraw(Pending requester, Request<Q, A> request, CompletableFuture<Void> sent) {
        if (!answers.withdraw(requester)) {
            return false;
        }
        if (!sent.cancel(true)) {
            retraction.accept(request);
        }
        return true;
    }

    private void complete(WithdrawableFuture<A> future, PendingFuture settled) {
        if (settled.isClosed()) {
            future.fail(sending.inlet().closedException());
            return;
        }
        try {
            future.succeed(unwrap(settled.message()));
        } catch (RequestFailedException failure) {
            future.fail(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private A unwrap(Object answer) {
        if (answer instanceof StandardRequest.Failure failure) {
            throw new RequestFailedException("A request on channel '" + sending.name() + "' failed", failure.cause());
        }
        return (A) answer;
    }
}
