/** A line that goes on when the network is gone: units drawn ahead of time, the journal of their use, and its report. */
@NullMarked
package dev.nameplate.ca.factory.offline;

import org.jspecify.annotations.NullMarked;
