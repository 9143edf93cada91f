/** Spring Integration: a QueueChannel with pollers. */
@NullMarked
package dev.channels.benchmarks.spring.integration;

import org.jspecify.annotations.NullMarked;
