/** Events with an asynchronous listener, on virtual threads or on a pool whose callers help out when it is full. */
@NullMarked
package dev.channels.benchmarks.spring.async;

import org.jspecify.annotations.NullMarked;
