@NullMarked
package com.example.thumbnails;

import org.jspecify.annotations.NullMarked;
