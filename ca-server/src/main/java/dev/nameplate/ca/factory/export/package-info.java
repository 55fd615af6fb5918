/** What batches are written as for others: clouds, chips' tools and stations. */
@NullMarked
package dev.nameplate.ca.factory.export;

import org.jspecify.annotations.NullMarked;
