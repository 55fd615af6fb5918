/** The command line: clients of the operator door, and the root that other commands hang on. */
@NullMarked
package dev.nameplate.ca.cli;

import org.jspecify.annotations.NullMarked;
