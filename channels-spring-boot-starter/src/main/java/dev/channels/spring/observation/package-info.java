/** What meters are told about channels and listeners. */
@NullMarked
package dev.channels.spring.observation;

import org.jspecify.annotations.NullMarked;
