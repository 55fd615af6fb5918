/** Tests of the command line. */
@NullMarked
package dev.nameplate.ca.cli;

import org.jspecify.annotations.NullMarked;
