/** Whether an EST server, anybody's, does what RFC 7030 and its successors demand, as far as it can be seen from outside. */
@NullMarked
package dev.nameplate.ca.cli.est.check;

import org.jspecify.annotations.NullMarked;
