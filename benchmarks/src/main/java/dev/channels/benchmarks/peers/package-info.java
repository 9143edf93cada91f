/** The peers, and the loops that drive them. Each peer gets its own copy of these classes. */
@NullMarked
package dev.channels.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
