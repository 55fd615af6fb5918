/** The vault in a PKCS#11 token: sessions, login, recovery of a token that went away. */
@NullMarked
package dev.nameplate.hsm.pkcs11;

import org.jspecify.annotations.NullMarked;
