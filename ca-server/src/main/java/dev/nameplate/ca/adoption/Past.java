package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * What one record of the CA before says of one certificate.
 *
 * @param certificate the certificate itself, if the record has it
 * @param notAfter its end, as far as the record tells
 * @param subject its holder's name for people; empty if the record does not tell
 * @param standing where it stands by this record; another one may say that it is revoked
 */
public record Past(
        SerialNumber serial,
        Optional<CertificateDer> certificate,
        Optional<Instant> notAfter,
        String subject,
        Standing standing) {
    private static final int MOST_SUBJECT = 1000;

    public Past {
        subject = subject.length() > MOST_SUBJECT ? subject.substring(0, MOST_SUBJECT) : subject;
    }

    static Past of(CertificateDer certificate, Standing standing) {
        var parsed = certificate.parsed();
        return new Past(
                certificate.serial(),
                Optional.of(certificate),
                Optional.of(parsed.getNotAfter().toInstant()),
                parsed.getSubject().toString(),
                standing);
    }

    boolean isRevoked() {
        return standing instanceof Standing.Revoked;
    }
}
