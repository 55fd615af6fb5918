/**
 * Custody of signing keys. A {@link dev.nameplate.hsm.KeyVault} makes, finds and uses private keys; nothing here hands one out.
 */
@NullMarked
package dev.nameplate.hsm;

import org.jspecify.annotations.NullMarked;
