package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.revocation.Standing;
import java.util.Optional;

/** Hears what is answered, for figures; must not block. */
public interface OcspListener {
    OcspListener SILENT = new OcspListener() {
        @Override
        public void said(Status status) {}

        @Override
        public void saidAgain(Status status, long ageMillis) {}

        @Override
        public void denied(OcspError error) {}

        @Override
        public void notRenewed(Throwable problem) {}
    };

    /** What was said of a certificate. */
    enum Status {
        GOOD,
        REVOKED,
        UNKNOWN;

        static Status of(Optional<Standing> standing) {
            return standing.map(known -> known instanceof Standing.Good ? GOOD : REVOKED)
                    .orElse(UNKNOWN);
        }
    }

    /** In an answer looked up, or signed, for whoever asked. */
    void said(Status status);

    /** In an answer that was at hand. */
    void saidAgain(Status status, long ageMillis);

    void denied(OcspError error);

    /** A kept answer could not be signed again before its time; it is served on while it lasts. */
    void notRenewed(Throwable problem);
}
