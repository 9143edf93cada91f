package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first of several sends and receives that is possible, and does that one alone. Built once, it may be
 * awaited any number of times.
 *
 * <pre>{@code
 * Select<String> next = Select.fair(
 *         Select.receive(orders, order -> "order " + order),
 *         Select.timeout(Duration.ofSeconds(1), () -> "idle"));
 * String what = next.await();
 * }</pre>
 *
 * <p>Exactly one clause is chosen, at one instant; the others leave no trace, save that the supplier of a send clause was
 * asked for its message. A channel may stand in several clauses, also for sending and receiving; it never pairs with
 * itself. A clause whose channel is closed (for a receive clause: and drained) is ready: its
 * {@link Clause#onClosed onClosed} runs, or {@link #await()} throws {@link ChannelClosedException}.
 *
 * <p>A select that waits counts once for each clause in {@link Channel#blockedSenders()} and
 * {@link Channel#blockedReceivers()}.
 *
 * @param <R> the type of what the chosen clause returns
 */
public final class Select<R> {

    private final SelectClauses<R> clauses;
    private final boolean fair;
    private final boolean skipClosed;
    private final Patience patience = new Patience(true);

    private Select(SelectClauses<R> clauses, boolean fair, boolean skipClosed) {
        this.clauses = clauses;
        this.fair = fair;
        this.skipClosed = skipClosed;
    }

    /**
     * Chooses at random among the clauses that are ready.
     *
     * @param clauses what to choose from
     * @param <R> the type of what the chosen clause returns
     * @return a select
     * @throws IllegalArgumentException if there is no clause, or more than one of {@link #timeout} and
     *     {@link #otherwise}
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> Select<R> fair(Clause<? extends R>... clauses) {
        return new Select<>(SelectClauses.of(clauses), true, false);
    }

    /**
     * Chooses the first declared among the clauses that are ready.
     *
     * @param clauses what to choose from, the most important first
     * @param <R> the type of what the chosen clause returns
     * @return a select
     * @throws IllegalArgumentException if there is no clause, or more than one of {@link #timeout} and
     *     {@link #otherwise}
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> Select<R> biased(Clause<? extends R>... clauses) {
        return new Select<>(SelectClauses.of(clauses), false, false);
    }

    /**
     * A clause that receives a message.
     *
     * @param from where to receive; a receiver of this library
     * @param then what to do with the message, in the thread that awaits; what it throws leaves {@link #await()}, and
     *     the message counts as received
     * @param <T> the type of the messages
     * @param <R> the type of the result
     * @return the clause
     * @throws IllegalArgumentException if the receiver is not of this library's make
     */
    public static <T, R> Clause<R> receive(Receiver<T> from, Handler<? super T, ? extends R> then) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(then, "then");
        if (from instanceof Receives<T> receiver) {
            return new ReceiveClause<>(receiver.receiving(), then, null, null);
        }
        throw new IllegalArgumentException("A select takes the receivers of this library, not "
                + from.getClass().getName());
    }

    /**
     * A clause that sends a message. It is ready when {@link Sender#send} would not wait. How long that would wait at most
     * ({@link Channel.Builder#sendTimeout}) does not matter here: what limits a select is {@link #timeout}.
     *
     * @param to where to send; a sender of this library
     * @param message gives the message; asked once in each {@link #await()}, before any clause can be chosen, and
     *     {@code null} switches the clause off for that time
     * @param then what to do once the message is sent, in the thread that awaits
     * @param <T> the type of the messages
     * @param <R> the type of the result
     * @return the clause
     * @throws IllegalArgumentException if the sender is not of this library's make
     */
    public static <T, R> Clause<R> send(
            Sender<T> to, Supplier<? extends @Nullable T> message, Action<? extends R> then) {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(then, "then");
        if (to instanceof Sends<T> sender) {
            return new SendClause<>(sender.sending(), message, then, null, null);
        }
        throw new IllegalArgumentException("A select takes the senders of this library, not "
                + to.getClass().getName());
    }

    /**
     * A clause that is chosen when none of the others was ready in the given time. The time runs from each
     * {@link #await()}; a clause that is ready wins over a time that is up.
     *
     * @param time how long to wait; zero and negative mean not at all
     * @param then what to do then
     * @param <R> the type of the result
     * @return the clause
     */
    public static <R> Clause<R> timeout(Duration time, Action<? extends R> then) {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(then, "then");
        return new TimeoutClause<>(time, then, null);
    }

    /**
     * A clause that is chosen when none of the others is ready now: with it, {@link #await()} never waits.
     *
     * @param then what to do then
     * @param <R> the type of the result
     * @return the clause
     */
    public static <R> Clause<R> otherwise(Action<? extends R> then) {
        Objects.requireNonNull(then, "then");
        return new OtherwiseClause<>(then, null);
    }

    /**
     * The same select, ignoring closed channels until all are. Then {@link #otherwise} is chosen if it is there, else
     * {@link #await()} throws {@link ChannelClosedException} at once, timeout or not.
     *
     * @return a select with the same clauses
     */
    public Select<R> skipClosed() {
        return new Select<>(clauses, fair, true);
    }

    /**
     * Waits until a clause is ready, does what it says, and returns what that returns. Guards and the suppliers of send
     * clauses are asked first, in the order of the clauses.
     *
     * @return what the chosen clause returned
     * @throws InterruptedException if the thread was interrupted on entry or while it waited: no clause was chosen; or if
     *     a handler throws it
     * @throws ChannelClosedException if the channel of the chosen clause is closed and it has no
     *     {@link Clause#onClosed onClosed}
     * @throws IllegalStateException if all clauses are switched off
     */
    public R await() throws InterruptedException {
        return new Selection<>(clauses, skipClosed, patience).await(fair);
    }

    /**
     * What to do with a message.
     *
     * @param <T> the type of the message
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Handler<T, R> {

        /**
         * Handles the message that was received.
         *
         * @param message the message
         * @return the result of the select
         * @throws InterruptedException if it was interrupted
         */
        R handle(T message) throws InterruptedException;
    }

    /**
     * What to do when a clause without a message was chosen.
     *
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Action<R> {

        /**
         * Does it.
         *
         * @return the result of the select
         * @throws InterruptedException if it was interrupted
         */
        R run() throws InterruptedException;
    }

    /**
     * One of the things a select chooses from. Never changes: each method returns another clause.
     *
     * @param <R> the type of the result
     */
    public sealed interface Clause<R> permits SelectClause {

        /**
         * Says what to do when the clause is chosen because its channel is closed.
         *
         * @param then what to do then
         * @return this clause with that
         * @throws IllegalStateException if the clause has no channel
         */
        Clause<R> onClosed(Action<? extends R> then);

        /**
         * Switches the clause on and off.
         *
         * @param guard asked once in each {@link Select#await()}; {@code false} leaves the clause out this time
         * @return this clause with that
         */
        Clause<R> when(BooleanSupplier guard);
    }
}
