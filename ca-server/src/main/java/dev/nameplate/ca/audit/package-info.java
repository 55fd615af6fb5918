/** The trail: append-only, hash-chained, signed at intervals. */
@NullMarked
package dev.nameplate.ca.audit;

import org.jspecify.annotations.NullMarked;
