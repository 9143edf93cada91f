package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
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
    private final long limit;
    private final Completions completions = new Completions(false);
    private final Patience patience = new Patience(true);

    /** Retraction takes a request out of the queue, if it is there; the limit is for requests without a time. */
    Asking(Sending<Request<Q, A>> sending, Answers answers, Consumer<Request<Q, A>> retraction, long limit) {
        this.sending = sending;
        this.answers = answers;
        this.retraction = retraction;
        this.limit = limit;
    }

    A request(Q question) throws InterruptedException {
        Objects.requireNonNull(question, "question");
        Object answer = ask(question, limit);
        if (answer == null) {
            throw tooLate();
        }
        return unwrap(answer);
    }

    A request(Q question, Duration timeout) throws InterruptedException, TimeoutException {
        Objects.requireNonNull(question, "question");
        Object answer = ask(question, Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)));
        if (answer == null) {
            throw noAnswer(timeout);
        }
        return unwrap(answer);
    }

    private TimeoutException noAnswer(Duration within) {
        return new TimeoutException("No answer on channel '" + sending.name() + "' within " + within);
    }

    private RequestFailedException tooLate() {
        Duration time = Duration.ofNanos(limit);
        return new RequestFailedException(
                "A request on channel '" + sending.name() + "' had no answer within " + time, noAnswer(time));
    }

    /** The answer, or {@code null} when the time is up. */
    private @Nullable Object ask(Q question, long nanos) throws InterruptedException {
        Sending.throwIfInterrupted();
        long from = System.nanoTime();
        BlockedThread place = new BlockedThread();
        place.begin();
        StandardRequest<Q, A> request = answers.open(question, place);
        boolean answered = false;
        try {
            if (!sending.trySend(request, Duration.ofNanos(nanos))) {
                return null;
            }
            long left = nanos == BlockedThread.FOREVER ? nanos : Math.max(0, nanos - (System.nanoTime() - from));
            BlockedThread.End end = place.await(answers, patience, left);
            answered = end == BlockedThread.End.DONE;
            return switch (end) {
                case DONE -> place.message();
                case TIMED_OUT -> null;
                case CLOSED -> throw sending.inlet().closedException();
            };
        } finally {
            if (!answered) {
                abandon(place, request);
            }
        }
    }

    private void abandon(Pending requester, Request<Q, A> request) {
        answers.withdraw(requester);
        if (request.isAbandoned()) {
            retraction.accept(request);
        }
    }

    CompletableFuture<A> requestAsync(Q question) {
        Objects.requireNonNull(question, "question");
        WithdrawableFuture<A> future = new WithdrawableFuture<>();
        Alarm alarm = limit == BlockedThread.FOREVER ? null : new Alarm();
        PendingFuture requester = new PendingFuture(completions, future, settled -> complete(future, settled, alarm));
        StandardRequest<Q, A> request = answers.open(question, requester);
        CompletableFuture<Void> sent = sending.sendAsync(request);
        BooleanSupplier withdrawal = () -> withdraw(requester, request, sent, alarm);
        future.withdrawBy(withdrawal);
        CompletableFuture<Void> unused = sent.whenComplete((nothing, failure) -> {
            if (failure != null && withdrawal.getAsBoolean()) {
                future.fail(failure);
            }
        });
        if (alarm != null) {
            alarm.setForForeignCode(limit, () -> {
                if (withdrawal.getAsBoolean()) {
                    future.fail(tooLate());
                }
            });
        }
        return future;
    }

    private boolean withdraw(
            Pending requester, Request<Q, A> request, CompletableFuture<Void> sent, @Nullable Alarm alarm) {
        if (!answers.withdraw(requester)) {
            return false;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        if (!sent.cancel(true)) {
            retraction.accept(request);
        }
        return true;
    }

    private void complete(WithdrawableFuture<A> future, PendingFuture settled, @Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
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
