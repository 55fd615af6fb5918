/** What can be checked about a running CA, and what to do about it. */
@NullMarked
package dev.nameplate.ca.health;

import org.jspecify.annotations.NullMarked;
