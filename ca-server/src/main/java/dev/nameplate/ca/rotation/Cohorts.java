package dev.nameplate.ca.rotation;

import java.time.Instant;
import java.util.List;

/** The fleet, counted. */
@FunctionalInterface
public interface Cohorts {
    /** Every cohort that has a certificate which ends after now. Looks at every certificate: seconds per million. */
    List<CohortSize> census(Instant now);
}
