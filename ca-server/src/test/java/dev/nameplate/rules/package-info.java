/** The rules of the house that a machine can check: which room may use which, what a class may be called, how big code may grow. */
@NullMarked
package dev.nameplate.rules;

import org.jspecify.annotations.NullMarked;
