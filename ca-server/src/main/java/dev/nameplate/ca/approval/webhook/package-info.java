/** Asks somebody outside by HTTPS whether a request is to be granted. */
@NullMarked
package dev.nameplate.ca.approval.webhook;

import org.jspecify.annotations.NullMarked;
