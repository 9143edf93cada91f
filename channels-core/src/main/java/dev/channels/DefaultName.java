package dev.channels;

import java.util.concurrent.atomic.AtomicLong;

/** Names for channels that were given none, made of the kind and a number. */
final class DefaultName {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private DefaultName() {}

    static String of(String kind) {
        return kind + "-" + NUMBERS.incrementAndGet();
    }
}
