/** The channels beside the {@linkplain dev.channels.oracle oracle}: whatever a program does, it sees the same. */
@NullMarked
package dev.channels.differential;

import org.jspecify.annotations.NullMarked;
