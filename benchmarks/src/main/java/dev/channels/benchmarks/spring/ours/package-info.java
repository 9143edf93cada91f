/** This project: a listener, and a sender that is injected. */
@NullMarked
package dev.channels.benchmarks.spring.ours;

import org.jspecify.annotations.NullMarked;
