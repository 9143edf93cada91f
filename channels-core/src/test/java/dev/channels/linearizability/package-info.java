/**
 * Lincheck runs small scenarios in many interleavings: whatever the threads see must also be possible one call after the
 * other.
 */
@NullMarked
package dev.channels.linearizability;

import org.jspecify.annotations.NullMarked;
