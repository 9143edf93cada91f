/** Auto-configuration of what is around a message while a listener handles it. */
@NullMarked
package dev.channels.spring.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
