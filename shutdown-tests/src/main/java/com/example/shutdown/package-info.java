/** An application that is told to stop while there is work to do everywhere. */
@NullMarked
package com.example.shutdown;

import org.jspecify.annotations.NullMarked;
