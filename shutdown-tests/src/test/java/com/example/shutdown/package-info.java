@NullMarked
package com.example.shutdown;

import org.jspecify.annotations.NullMarked;
