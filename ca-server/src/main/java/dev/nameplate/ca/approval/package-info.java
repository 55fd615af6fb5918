/** Requests that met every rule and need somebody's word: an operator's, or a webhook's. */
@NullMarked
package dev.nameplate.ca.approval;

import org.jspecify.annotations.NullMarked;
