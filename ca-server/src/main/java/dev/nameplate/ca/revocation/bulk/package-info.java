/** Revoking many certificates: a plan says what it hits, and is carried out exactly, in pieces, by the server. */
@NullMarked
package dev.nameplate.ca.revocation.bulk;

import org.jspecify.annotations.NullMarked;
