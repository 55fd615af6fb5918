/** Main and Wiring: the only place that knows everything. */
@NullMarked
package dev.nameplate.ca.app;

import org.jspecify.annotations.NullMarked;
