/** The seam between a channel bean and where its messages are: memory, or a broker. */
@NullMarked
package dev.channels.spring.transport;

import org.jspecify.annotations.NullMarked;
