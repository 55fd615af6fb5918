/** The doors: listeners, TLS, limits, request ids, and the one table from refusals to answers. */
@NullMarked
package dev.nameplate.ca.edge.http;

import org.jspecify.annotations.NullMarked;
