/** Device attestation certificates of Matter: their chains, and their entry in the ledger. */
@NullMarked
package dev.nameplate.ca.factory.matter;

import org.jspecify.annotations.NullMarked;
