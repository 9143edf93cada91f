/** This project: a listener that answers. */
@NullMarked
package dev.channels.benchmarks.spring.oursrequests;

import org.jspecify.annotations.NullMarked;
