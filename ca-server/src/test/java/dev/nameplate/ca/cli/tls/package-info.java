/** Tests of the command line. */
@NullMarked
package dev.nameplate.ca.cli.tls;

import org.jspecify.annotations.NullMarked;
