/** Listeners: their containers and workers, how a method is called, how they start and drain. */
@NullMarked
package dev.channels.spring.listener;

import org.jspecify.annotations.NullMarked;
