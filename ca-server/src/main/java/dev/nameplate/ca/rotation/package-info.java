/** When keys and chains have to change, and their changing: horizons of chains, the CA's own keys. */
@NullMarked
package dev.nameplate.ca.rotation;

import org.jspecify.annotations.NullMarked;
