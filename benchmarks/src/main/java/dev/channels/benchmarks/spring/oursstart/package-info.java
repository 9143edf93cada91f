/** Ours as an empty application with a channel and a listener. */
@NullMarked
package dev.channels.benchmarks.spring.oursstart;

import org.jspecify.annotations.NullMarked;
