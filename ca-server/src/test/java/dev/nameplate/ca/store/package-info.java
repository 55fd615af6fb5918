/** The ports' contracts, and what the databases must survive. */
@NullMarked
package dev.nameplate.ca.store;

import org.jspecify.annotations.NullMarked;
