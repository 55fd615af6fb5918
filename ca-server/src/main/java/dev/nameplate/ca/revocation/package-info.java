/** Revoke, hold, release; the register of revoked serials. */
@NullMarked
package dev.nameplate.ca.revocation;

import org.jspecify.annotations.NullMarked;
