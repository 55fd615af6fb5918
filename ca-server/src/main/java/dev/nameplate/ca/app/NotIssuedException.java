package dev.nameplate.ca.app;

import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;

/** The CA has no certificate for itself now. */
final class NotIssuedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotIssuedException(String message) {
        super(message);
    }

    /** @throws NotIssuedException if it was refused */
    static IssuedCertificate require(Issuance issuance, String what) {
        return switch (issuance) {
            case Issuance.Issued(var issued) -> issued;
            case Issuance.Refused(var refusal) ->
                throw new NotIssuedException("no certificate for the " + what + ": " + refusal);
        };
    }
}
