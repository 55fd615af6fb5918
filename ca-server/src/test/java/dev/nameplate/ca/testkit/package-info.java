/** Fakes and sample material for tests. */
@NullMarked
package dev.nameplate.ca.testkit;

import org.jspecify.annotations.NullMarked;
