/**
 * Measures channels against their peers, in pairs: one fresh JVM runs one workload for all of them by turns.
 *
 * <p>{@link dev.channels.benchmarks.Benchmarks} is the command. It starts the JVMs, and {@link
 * dev.channels.benchmarks.Forked} is what runs in them. The peers are in {@code .peers} and know no more of this package
 * than is public.
 */
@NullMarked
package dev.channels.benchmarks;

import org.jspecify.annotations.NullMarked;
