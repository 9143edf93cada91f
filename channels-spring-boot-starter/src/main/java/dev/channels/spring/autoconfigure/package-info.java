/** Auto-configuration: turns properties into channels and annotated methods into listeners. */
@NullMarked
package dev.channels.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
