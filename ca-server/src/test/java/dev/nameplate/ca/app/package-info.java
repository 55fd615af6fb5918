/** The product put together, and what it does by itself. */
@NullMarked
package dev.nameplate.ca.app;

import org.jspecify.annotations.NullMarked;
