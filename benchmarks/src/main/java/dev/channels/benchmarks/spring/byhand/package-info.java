/** A channel of this project, with virtual threads that call the bean by hand: what is left is what a listener costs. */
@NullMarked
package dev.channels.benchmarks.spring.byhand;

import org.jspecify.annotations.NullMarked;
