/** A vault on the Java heap, for tests and trials only. */
@NullMarked
package dev.nameplate.hsm.software;

import org.jspecify.annotations.NullMarked;
