/** Auto-configuration of the endpoint. */
@NullMarked
package dev.channels.spring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
