/** What people who come from elsewhere know, in Java: the snippets of {@code docs/elsewhere.md}. */
@NullMarked
package dev.channels.elsewhere;

import org.jspecify.annotations.NullMarked;
