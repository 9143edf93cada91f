package dev.channels;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Select#await()}.
 *
 * <p>First each clause is tried without waiting. If none is ready, the select puts itself into the lists of all its
 * channels at one instant: it holds all their locks, taken in one order for all selects, and only if under them still
 * none is ready; else it tries again. So while it does something by itself it stands in no list, and nobody else can
 * choose for it; while it stands in the lists it does nothing, and whoever comes first chooses, by one compare-and-set.
 * That makes two selects that wait for each other as simple as a select and a thread.
 */
final class Selection<R> {

    private static final Signal OFF = Signal.CLOSED;
    private static final int NONE = -1;

    private final SelectClauses<R> clauses;
    private final List<ChannelClause<? extends R>> channels;
    private final boolean skipClosed;
    private final Patience patience;
    private final Object[] prepared;

    /** Whether the timeout, or the otherwise, is switched on. */
    private boolean restIsOn;

    /** What the chosen clause got: a message, {@link Signal#TAKEN}, or that its channel is closed. */
    private Object outcome = OFF;

    Selection(SelectClauses<R> clauses, boolean skipClosed, Patience patience) {
        this.clauses = clauses;
        this.channels = clauses.channels();
        this.skipClosed = skipClosed;
        this.patience = patience;
        this.prepared = new Object[channels.size()];
    }

    R await(boolean fair) throws InterruptedException {
        Sending.throwIfInterrupted();
        prepare();
        TimeoutClause<? extends R> timeout = clauses.timeout();
        boolean timed = timeout != null && restIsOn;
        long nanos = timeout != null && timed ? Math.max(0, timeout.nanos()) : BlockedThread.FOREVER;
        OtherwiseClause<? extends R> otherwise = clauses.otherwise();
        boolean immediate = otherwise != null && restIsOn;
        long from = nanos == BlockedThread.FOREVER ? 0 : System.nanoTime();
        int[] order = fair ? shuffled() : null;
        while (true) {
            int ready = tryEach(order);
            if (ready != NONE) {
                return finish(ready);
            }
            boolean late = immediate || (timed && System.nanoTime() - from >= nanos);
            if (late && isAnyReady()) {
                continue;
            }
            if (immediate && otherwise != null) {
                return otherwise.run();
            }
            throwIfNothingCanCome(timed);
            long left = nanos == BlockedThread.FOREVER ? nanos : nanos - (System.nanoTime() - from);
            if (left <= 0 && timeout != null) {
                return timeout.run();
            }
            int chosen = awaitAny(left);
            if (chosen != NONE) {
                return finish(chosen);
            }
        }
    }

    /** Asks guards and suppliers, in the order of the clauses. */
    private void prepare() {
        int index = 0;
        for (SelectClause<? extends R> clause : clauses.all()) {
            boolean on = clause.isOn();
            if (clause instanceof ChannelClause<? extends R> channel) {
                Object bring = on ? channel.prepare() : null;
                prepared[index++] = bring == null ? OFF : bring;
            } else {
                restIsOn = on;
            }
        }
    }

    /** All orders of the clauses are equally likely. */
    private int[] shuffled() {
        int[] order = new int[prepared.length];
        for (int i = 0; i < order.length; i++) {
            int other = ThreadLocalRandom.current().nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** Tries each clause without waiting, as declared if there is no order; answers the one that did something. */
    private int tryEach(int @Nullable [] order) {
        for (int i = 0; i < prepared.length; i++) {
            int index = order == null ? i : order[i];
            if (prepared[index] != OFF) {
                outcome = channels.get(index).attempt(prepared[index]);
                if (outcome != Signal.FULL && !isSkipped(index)) {
                    return index;
                }
            }
        }
        return NONE;
    }

    /** Leaves a clause out whose channel turned out to be closed, if such are to be skipped. */
    private boolean isSkipped(int index) {
        boolean skipped = skipClosed && isClosed();
        if (skipped) {
            prepared[index] = OFF;
        }
        return skipped;
    }

    private boolean isClosed() {
        return outcome == Signal.CLOSED || outcome == Signal.ENDED;
    }

    private R finish(int index) throws InterruptedException {
        ChannelClause<? extends R> clause = channels.get(index);
        return isClosed() ? clause.finishClosed() : clause.finish(outcome);
    }

    private void throwIfNothingCanCome(boolean timed) {
        for (Object bring : prepared) {
            if (bring != OFF) {
                return;
            }
        }
        if (skipClosed && !channels.isEmpty() && channels.stream().allMatch(ChannelClause::isClosed)) {
            throw channels.getFirst().port().closedException();
        }
        if (!timed) {
            throw new IllegalStateException("All clauses of the select are switched off: it would wait for ever."
                    + " Add a timeout or an otherwise, or leave a clause on");
        }
    }

    /** Waits in the lists of all channels; answers the clause that was chosen, if any was. */
    private int awaitAny(long nanos) throws InterruptedException {
        SelectWait wait = new SelectWait();
        @Nullable PendingClause[] places = new PendingClause[prepared.length];
        BlockedThread.End end;
        try {
            if (!enqueue(wait, places)) {
                return NONE;
            }
            end = wait.thread().await(wait, patience, nanos);
        } finally {
            leave(wait, places);
        }
        if (end == BlockedThread.End.TIMED_OUT) {
            return NONE;
        }
        int chosen = wait.chosen();
        PendingClause place = Objects.requireNonNull(places[chosen]);
        outcome = end == BlockedThread.End.CLOSED
                ? Signal.CLOSED
                : channels.get(chosen).outcome(place);
        return isSkipped(chosen) ? NONE : chosen;
    }

    /** Looks at all clauses at one instant: while they are tried in turn a message may go from one channel to another. */
    private boolean isAnyReady() {
        lock();
        try {
            return isAnyReadyLocked();
        } finally {
            unlock(clauses.locks().size());
        }
    }

    private void lock() {
        int held = 0;
        try {
            for (SpinLock lock : clauses.locks()) {
                if (held == 0) {
                    lock.lock();
                } else {
                    lock.lockSpinning();
                }
                held++;
            }
        } catch (Error failure) {
            unlock(held);
            throw failure;
        }
    }

    private void unlock(int held) {
        for (int i = 0; i < held; i++) {
            clauses.locks().get(i).unlock();
        }
    }

    private boolean isAnyReadyLocked() {
        for (int i = 0; i < prepared.length; i++) {
            if (prepared[i] != OFF && channels.get(i).port().isReadyLocked()) {
                return true;
            }
        }
        return false;
    }

    /** Enters all lists at one instant; {@code false} if a clause has become ready. */
    private boolean enqueue(SelectWait wait, @Nullable PendingClause[] places) {
        try {
            if (!enqueueUnlessReady(wait, places)) {
                return false;
            }
            for (int i = 0; i < places.length; i++) {
                if (places[i] != null) {
                    channels.get(i).port().settle();
                }
            }
        } catch (Error failure) {
            // A clause may have been chosen by now; then what it got must not be lost.
            if (wait.withdraw(wait.thread())) {
                throw failure;
            }
        }
        return true;
    }

    private boolean enqueueUnlessReady(SelectWait wait, @Nullable PendingClause[] places) {
        lock();
        try {
            if (isAnyReadyLocked()) {
                return false;
            }
            for (int i = 0; i < prepared.length; i++) {
                if (prepared[i] != OFF) {
                    ChannelClause<? extends R> clause = channels.get(i);
                    PendingClause place = clause.place(wait, i, prepared[i]);
                    places[i] = place;
                    clause.port().enqueueLocked(place);
                }
            }
            return true;
        } finally {
            unlock(clauses.locks().size());
        }
    }

    /** Leaves all lists but that of the chosen clause, which whoever chose it took out. */
    private void leave(SelectWait wait, @Nullable PendingClause[] places) {
        for (int i = 0; i < places.length; i++) {
            PendingClause place = places[i];
            if (place != null && i != wait.chosen()) {
                boolean unused = channels.get(i).port().withdraw(place);
            }
        }
    }
}
