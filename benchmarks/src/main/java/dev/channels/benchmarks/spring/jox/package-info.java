/** What is written by hand with a channel of Jox. */
@NullMarked
package dev.channels.benchmarks.spring.jox;

import org.jspecify.annotations.NullMarked;
