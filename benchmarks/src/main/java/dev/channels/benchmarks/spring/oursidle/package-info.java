/** This project: ten listeners that have nothing to do. */
@NullMarked
package dev.channels.benchmarks.spring.oursidle;

import org.jspecify.annotations.NullMarked;
