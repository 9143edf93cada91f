/** Auto-configuration of the health of channels and listeners. */
@NullMarked
package dev.channels.spring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
