/** The channels endpoint. */
@NullMarked
package dev.channels.spring.actuate;

import org.jspecify.annotations.NullMarked;
