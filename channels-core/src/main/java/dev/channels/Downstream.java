package dev.channels;

import org.jspecify.annotations.Nullable;

/** What a {@link PlainInlet} asks of those who receive from it. Called under the channel's lock. */
interface Downstream {

    /** Whether there is room for one more than the given number. */
    boolean hasRoom(int reserved);

    /** Takes the message; there is room for it, or a receiver. */
    void accept(Object message);

    /** Takes the message in place of another, and answers that one; {@code null} if it would be the one to go. */
    @Nullable Object replace(Object message);

    /** Tells receivers that nothing more can come. */
    void end();
}
