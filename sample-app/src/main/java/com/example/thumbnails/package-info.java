/** A thumbnail service: pictures wait in one channel for a pool of workers, what became of them goes over another. */
@NullMarked
package com.example.thumbnails;

import org.jspecify.annotations.NullMarked;
