/** What all applications have: the work that is to be done for a message, and the ways in. */
@NullMarked
package dev.channels.benchmarks.spring.common;

import org.jspecify.annotations.NullMarked;
