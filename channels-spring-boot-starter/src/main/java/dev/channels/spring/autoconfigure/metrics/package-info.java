/** Auto-configuration of the meters. */
@NullMarked
package dev.channels.spring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
