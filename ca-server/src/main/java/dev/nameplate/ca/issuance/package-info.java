/** The one place a device certificate is signed and recorded. */
@NullMarked
package dev.nameplate.ca.issuance;

import org.jspecify.annotations.NullMarked;
