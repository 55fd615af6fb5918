package dev.nameplate.ca.revocation;

import java.time.Instant;
import java.util.List;

/** Every change of a standing, by any process, in the order in which they became true. */
public interface RevocationChanges {
    /** The number of the newest; 0 if there is none, never more than will come. */
    long newest();

    /** At most {@code limit} changes with a number above this one, in order; what is returned is durable. */
    List<RevocationChange> after(long number, int limit);

    /** Forgets changes up to this number that are older than this. @return how many */
    int prune(long upTo, Instant olderThan);
}
