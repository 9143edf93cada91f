/**
 * Races that jcstress runs millions of times, on all ways in which the JVM compiles them. Each outcome that may be seen
 * is explained; any other is a failure.
 */
package dev.channels.jcstress;
