/** Which channels there are, and how they came to be. */
@NullMarked
package dev.channels.spring.registry;

import org.jspecify.annotations.NullMarked;
