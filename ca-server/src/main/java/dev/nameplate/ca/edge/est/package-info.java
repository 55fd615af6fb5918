/** EST over HTTPS (RFC 7030): from requests to features and back. Decides nothing. */
@NullMarked
package dev.nameplate.ca.edge.est;

import org.jspecify.annotations.NullMarked;
