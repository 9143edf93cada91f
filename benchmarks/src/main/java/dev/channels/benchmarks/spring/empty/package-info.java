/** An application without anything, to see what the others add. */
@NullMarked
package dev.channels.benchmarks.spring.empty;

import org.jspecify.annotations.NullMarked;
