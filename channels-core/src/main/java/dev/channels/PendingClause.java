package dev.channels;

import org.jspecify.annotations.Nullable;

/** A clause that waits at its channel together with the others of its select. */
final class PendingClause extends Pending {

    private final SelectWait select;
    private final int index;
    private final boolean sends;

    PendingClause(SelectWait select, int index, @Nullable Object sealed) {
        this.select = select;
        this.index = index;
        this.sends = sealed != null;
        this.message = sealed;
    }

    @Override
    boolean claim() {
        return select.choose(index);
    }

    @Override
    boolean endsWithClose() {
        return sends;
    }

    @Override
    boolean settle(boolean closed) {
        return select.thread().settle(closed);
    }

    @Override
    boolean isThread() {
        return true;
    }

    @Override
    void wake() {
        select.thread().wake();
    }

    @Override
    @Nullable Thread thread() {
        return select.thread().thread();
    }

    @Override
    long since() {
        return select.thread().since();
    }
}
