package dev.nameplate.ca.rotation;

import java.time.Instant;

/**
 * A cohort as it is now.
 *
 * @param certificates that have not ended, revoked ones included
 * @param lastEnds when the last of them ends
 */
public record CohortSize(Cohort cohort, long certificates, Instant lastEnds) {}
