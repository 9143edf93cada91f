package dev.channels.oracle;

import org.jspecify.annotations.Nullable;

/** A message and what its interceptor keeps beside it. */
record Envelope<T>(T message, @Nullable Object attachment) {}
