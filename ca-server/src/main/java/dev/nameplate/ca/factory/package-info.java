/** Work orders of a factory: batches, stations, units, from a reserved serial to a device that proved it has its key. */
@NullMarked
package dev.nameplate.ca.factory;

import org.jspecify.annotations.NullMarked;
