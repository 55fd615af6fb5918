/** What a machine at the line keeps on its disk to go on without a network: what it drew, and the journal of its use. */
@NullMarked
package dev.nameplate.ca.station;

import org.jspecify.annotations.NullMarked;
