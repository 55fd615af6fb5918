/** Taking over an issuer from another CA: its key, its certificate, and what it issued and revoked before. */
@NullMarked
package dev.nameplate.ca.adoption;

import org.jspecify.annotations.NullMarked;
