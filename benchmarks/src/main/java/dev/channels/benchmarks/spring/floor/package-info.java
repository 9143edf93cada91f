/** What is written by hand: an ArrayBlockingQueue, and virtual threads that call the bean. */
@NullMarked
package dev.channels.benchmarks.spring.floor;

import org.jspecify.annotations.NullMarked;
