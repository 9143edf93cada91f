package dev.channels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The clauses of a select, sorted out once. The guards are the locks of all their channels, in the order of locking. */
record SelectClauses<R>(
        List<SelectClause<? extends R>> all,
        List<ChannelClause<? extends R>> channels,
        @Nullable TimeoutClause<? extends R> timeout,
        @Nullable OtherwiseClause<? extends R> otherwise,
        List<SpinLock> locks) {

    static <R> SelectClauses<R> of(Select.Clause<? extends R>[] clauses) {
        if (clauses.length == 0) {
            throw new IllegalArgumentException("A select needs at least one clause");
        }
        List<SelectClause<? extends R>> all = new ArrayList<>();
        List<ChannelClause<? extends R>> channels = new ArrayList<>();
        TimeoutClause<? extends R> timeout = null;
        OtherwiseClause<? extends R> otherwise = null;
        for (Select.Clause<? extends R> clause : clauses) {
            SelectClause<? extends R> known = (SelectClause<? extends R>) Objects.requireNonNull(clause, "clause");
            if (!(known instanceof ChannelClause) && (timeout != null || otherwise != null)) {
                throw new IllegalArgumentException("A select takes one timeout or one otherwise, no more");
            }
            all.add(known);
            switch (known) {
                case ChannelClause<? extends R> channel -> channels.add(channel);
                case TimeoutClause<? extends R> only -> timeout = only;
                case OtherwiseClause<? extends R> only -> otherwise = only;
            }
        }
        List<SpinLock> locks = channels.stream()
                .map(clause -> clause.port().guard())
                .distinct()
                .sorted(Comparator.comparingLong(SpinLock::order))
                .toList();
        return new SelectClauses<>(List.copyOf(all), List.copyOf(channels), timeout, otherwise, locks);
    }
}
