/** Issuers: CA certificates, signing keys, ceremonies. */
@NullMarked
package dev.nameplate.ca.authority;

import org.jspecify.annotations.NullMarked;
