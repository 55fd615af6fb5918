/** CRLs: what is revoked, numbered, signed, recorded, and only then put where everyone may fetch it. */
@NullMarked
package dev.nameplate.ca.crl;

import org.jspecify.annotations.NullMarked;
