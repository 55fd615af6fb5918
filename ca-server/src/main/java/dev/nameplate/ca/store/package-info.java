/** Every port of the features, in SQL on H2 and PostgreSQL. All that is written goes through one writer. */
@NullMarked
package dev.nameplate.ca.store;

import org.jspecify.annotations.NullMarked;
