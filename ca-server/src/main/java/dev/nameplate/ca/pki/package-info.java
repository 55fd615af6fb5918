/** The words of the trade: values that cannot be wrong. No decisions. */
@NullMarked
package dev.nameplate.ca.pki;

import org.jspecify.annotations.NullMarked;
