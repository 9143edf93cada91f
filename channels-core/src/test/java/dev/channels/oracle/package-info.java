/**
 * The first implementation of the channels, a deque under one lock: slow, and simple enough to be believed. Tests compare
 * the other one with it.
 */
@NullMarked
package dev.channels.oracle;

import org.jspecify.annotations.NullMarked;
