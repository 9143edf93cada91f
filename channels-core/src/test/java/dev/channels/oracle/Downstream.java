package dev.channels.oracle;

import org.jspecify.annotations.Nullable;

/** What a {@link SendSide} asks of those who receive from it. Called under the channel's lock. */
interface Downstream<T> {

    /** Takes the message, if there is a receiver or room for it. */
    boolean offer(Envelope<T> envelope);

    /** Takes the message in place of the oldest, and answers that one; {@code null} if nothing is held, and nothing done. */
    @Nullable Envelope<T> replaceOldest(Envelope<T> envelope);

    /** Tells receivers that nothing more can come. */
    void end();
}
