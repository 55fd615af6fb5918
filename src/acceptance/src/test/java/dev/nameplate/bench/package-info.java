/** Measures the product as a whole, each figure beside a reference of the same run. Started by {@code scripts/bench}. */
@NullMarked
package dev.nameplate.bench;

import org.jspecify.annotations.NullMarked;
