/** Auto-configuration of what JSON is not made of. */
@NullMarked
package dev.channels.spring.autoconfigure.jackson;

import org.jspecify.annotations.NullMarked;
