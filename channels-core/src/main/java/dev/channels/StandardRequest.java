package dev.channels;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request. Its state is guarded by the {@link Answers}, where its requester waits. */
final class StandardRequest<Q, A> implements Request<Q, A> {

    /** What became of it. */
    enum State {
        OPEN,
        ANSWERED,
        ABANDONED
    }

    /** An answer that is a failure. */
    record Failure(Throwable cause) {}

    private final Q question;
    private final Answers answers;
    private @Nullable Pending requester;
    private volatile State state = State.OPEN;

    StandardRequest(Q question, Answers answers, Pending requester) {
        this.question = question;
        this.answers = answers;
        this.requester = requester;
    }

    @Override
    public Q question() {
        return question;
    }

    @Override
    public boolean reply(A answer) {
        return answers.answer(this, Objects.requireNonNull(answer, "answer"));
    }

    @Override
    public boolean fail(Throwable cause) {
        return answers.answer(this, new Failure(Objects.requireNonNull(cause, "cause")));
    }

    @Override
    public boolean isAbandoned() {
        return state == State.ABANDONED;
    }

    /** Ends it and answers who waits for it, unless it has ended; from then on it knows nobody. */
    @Nullable Pending endLocked(State how) {
        Pending known = requester;
        if (known != null) {
            requester = null;
            state = how;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Request[" + question + ", " + state.name().toLowerCase(Locale.ROOT) + "]";
    }
}
