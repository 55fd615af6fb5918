package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From when until when, both included (RFC 5280, 4.1.2.5). */
record Validity(Instant notBefore, Instant notAfter) {
    static Validity of(CertificateDer certificate) {
        return new Validity(
                certificate.parsed().getNotBefore().toInstant(),
                certificate.parsed().getNotAfter().toInstant());
    }

    Optional<Refusal> objectionAt(Instant now, Duration grace, SerialNumber serial) {
        if (now.isBefore(notBefore)) {
            return Optional.of(new Refusal.CertificateNotYetValid(serial, notBefore));
        }
        return now.isAfter(notAfter.plus(grace))
                ? Optional.of(new Refusal.CertificateExpired(serial, notAfter))
                : Optional.empty();
    }
}
