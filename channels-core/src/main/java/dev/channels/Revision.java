package dev.channels;

import org.jspecify.annotations.Nullable;

/** One value of a {@link Latest} and its number; the first is number 1. Each is only itself, whatever its value. */
final class Revision {

    /** Before the first value. */
    static final Revision NONE = new Revision(null, 0, 0);

    private final @Nullable Object value;
    private final long number;
    private final long unreadBefore;
    private boolean read;

    private Revision(@Nullable Object value, long number, long unreadBefore) {
        this.value = value;
        this.number = number;
        this.unreadBefore = unreadBefore;
    }

    Revision next(Object newValue) {
        return new Revision(newValue, number + 1, unreadBefore + (isNone() || read ? 0 : 1));
    }

    boolean isNone() {
        return number == 0;
    }

    long number() {
        return number;
    }

    /** How many values before this one nobody has read. */
    long unreadBefore() {
        return unreadBefore;
    }

    @Nullable Object value() {
        return value;
    }

    /** The value, for somebody who reads it: whether anybody did is all that is known, and only for the numbers. */
    @Nullable Object read() {
        if (!read && number > 0) {
            read = true;
        }
        return value;
    }
}
