/** The CA seen from outside: a certificate of its own, issued, revoked and looked up through the public door. */
@NullMarked
package dev.nameplate.ca.canary;

import org.jspecify.annotations.NullMarked;
