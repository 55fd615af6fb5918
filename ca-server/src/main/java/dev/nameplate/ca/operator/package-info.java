/** The people and stations who may use the operator door, and their roles. */
@NullMarked
package dev.nameplate.ca.operator;

import org.jspecify.annotations.NullMarked;
