/** Request and reply by hand: a CompletableFuture goes along with the question. */
@NullMarked
package dev.channels.benchmarks.spring.floorrequests;

import org.jspecify.annotations.NullMarked;
