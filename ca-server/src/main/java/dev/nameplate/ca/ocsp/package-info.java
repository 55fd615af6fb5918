/** OCSP (RFC 6960, in the lightweight profile of RFC 9919): requests, answers, and the answers that are kept. */
@NullMarked
package dev.nameplate.ca.ocsp;

import org.jspecify.annotations.NullMarked;
