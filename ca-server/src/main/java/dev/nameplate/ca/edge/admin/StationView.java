package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.List;

/**
 * A station as the API shows it.
 *
 * @param batches it is bound to, those that are closed left out
 */
record StationView(OperatorName name, String site, Instant addedAt, List<BatchName> batches) {
    StationView {
        batches = List.copyOf(batches);
    }
}
