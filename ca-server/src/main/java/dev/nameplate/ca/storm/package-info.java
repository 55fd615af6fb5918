/** Admission before the expensive work: how many are taken on, who goes first, and when the others shall come back. */
@NullMarked
package dev.nameplate.ca.storm;

import org.jspecify.annotations.NullMarked;
