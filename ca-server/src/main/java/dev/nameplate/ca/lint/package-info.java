/** One check per class over what is about to be signed. */
@NullMarked
package dev.nameplate.ca.lint;

import org.jspecify.annotations.NullMarked;
