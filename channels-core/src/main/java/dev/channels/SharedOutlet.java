package dev.channels;

import org.jspecify.annotations.Nullable;

/** An outlet that may also be used through handles; see {@link SharedInlet}. */
interface SharedOutlet extends Outlet {

    @Override
    default @Nullable Object poll(@Nullable Wait wait) {
        return poll(wait, null);
    }

    /** The same as {@link #poll(Wait)}, through a handle. */
    @Nullable Object poll(@Nullable Wait wait, @Nullable HandlePort<?> handle);
}
