package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A bundle as the API shows it.
 *
 * @param entries how much of its journal is on record
 * @param header base64 of the signed header, CMS SignedData in DER
 */
record BundleView(
        BundleName bundle,
        BatchName batch,
        OperatorName station,
        Long units,
        Long entries,
        Times times,
        String header) {

    /** @param alarmedAt when something turned up that is not its one journal, as of a copy */
    record Times(
            Instant drawnAt,
            Instant expiresAt,
            Optional<Instant> endedAt,
            Optional<Instant> settledAt,
            Optional<Instant> alarmedAt) {}

    static BundleView of(Bundle bundle) {
        BundleHeader header = bundle.header();
        Bundle.Ends ends = bundle.ends();
        return new BundleView(
                header.bundle(),
                header.batch(),
                header.station(),
                (long) header.units(),
                (long) bundle.entries(),
                new Times(header.drawnAt(), header.expiresAt(), ends.endedAt(), ends.settledAt(), ends.alarmedAt()),
                Base64.getEncoder().encodeToString(bundle.signed()));
    }
}
