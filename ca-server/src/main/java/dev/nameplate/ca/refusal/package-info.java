/** The closed list of ways we say no. */
@NullMarked
package dev.nameplate.ca.refusal;

import org.jspecify.annotations.NullMarked;
