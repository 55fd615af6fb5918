/** What clients bring along: keys and certificates in files and tokens, and TLS with them. */
@NullMarked
package dev.nameplate.ca.cli.tls;

import org.jspecify.annotations.NullMarked;
