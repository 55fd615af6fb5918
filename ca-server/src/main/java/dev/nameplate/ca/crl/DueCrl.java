package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import java.util.Optional;

/** @param last what was recorded last */
record DueCrl(PlannedCrl planned, Optional<PublishedCrl> last, CrlPublication.Occasion occasion) {
    /** From here on a CRL takes its time, and others do not wait for it. */
    private static final long LARGE = 4 << 20;

    CrlScope scope() {
        return planned.scope();
    }

    /** As far as one can tell from the one before. */
    long octets() {
        return last.map(crl -> crl.content().octets()).orElse(0L);
    }

    boolean large() {
        return octets() > LARGE;
    }
}
