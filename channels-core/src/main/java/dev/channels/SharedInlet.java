package dev.channels;

import org.jspecify.annotations.Nullable;

/**
 * An inlet that may also be used through handles. Whether the handle is closed is looked at under the lock: once its
 * close has returned nothing enters through it, though the operation had begun before.
 */
interface SharedInlet extends Inlet {

    @Override
    default Object offer(Object message, @Nullable Wait wait) {
        return offer(message, wait, null);
    }

    @Override
    default Object offerReplacing(Object message, boolean acceptAnyway) {
        return offerReplacing(message, acceptAnyway, null);
    }

    @Override
    default boolean refuse() {
        return refuse(null);
    }

    /** The same as {@link #offer(Object, Wait)}, through a handle. */
    Object offer(Object message, @Nullable Wait wait, @Nullable HandlePort<?> handle);

    /** The same as {@link #offerReplacing(Object, boolean)}, through a handle. */
    Object offerReplacing(Object message, boolean acceptAnyway, @Nullable HandlePort<?> handle);

    /** The same as {@link #refuse()}, through a handle. */
    boolean refuse(@Nullable HandlePort<?> handle);
}
