/** The EST client: for scripts of devices, and for trying any EST server. */
@NullMarked
package dev.nameplate.ca.cli.est;

import org.jspecify.annotations.NullMarked;
