/** Who of several processes does what only one may do at a time. */
@NullMarked
package dev.nameplate.ca.lease;

import org.jspecify.annotations.NullMarked;
