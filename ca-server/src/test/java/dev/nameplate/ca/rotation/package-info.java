/** Tests of what changes with time. */
@NullMarked
package dev.nameplate.ca.rotation;

import org.jspecify.annotations.NullMarked;
