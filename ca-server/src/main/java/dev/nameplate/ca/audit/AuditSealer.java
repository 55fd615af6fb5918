package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Signs the trail as far as it has come. The signature is over {@code nameplate-audit-seal-v1} in ASCII, the last entry's number
 * in 8 octets, its hash in 32 and the time in milliseconds since 1970 in 8, both numbers big endian.
 */
public final class AuditSealer {
    private final AuditLog log;
    private final SealingKey key;
    private final CertificateDer certificate;
    private final InstantSource clock;

    /**
     * @throws IllegalArgumentException if this is not an audit certificate, as {@link AuditCertificates} says
     */
    public AuditSealer(AuditLog log, SealingKey key, CertificateDer certificate, InstantSource clock) {
        if (!AuditCertificates.maySeal(certificate)) {
            throw new IllegalArgumentException(certificate
                    + " is not an audit certificate: its extended key usage lacks " + AuditCertificates.PURPOSE);
        }
        this.log = log;
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /**
     * Seals what nobody sealed yet. When the key or the log is away the trail stays as it is, and the next call does the work.
     *
     * @return the seal, unless there is nothing new
     * @throws IllegalStateException if the key is not the audit certificate's
     */
    public Optional<AuditSeal> sealNow() {
        Optional<AuditSeal> seal = log.last().filter(this::unsealed).map(this::sealed);
        seal.ifPresent(log::seal);
        return seal;
    }

    private boolean unsealed(AuditEntry last) {
        return log.sealsAfter(last.number() - 1, 1).isEmpty();
    }

    private AuditSeal sealed(AuditEntry last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SealedMessage message = new SealedMessage(last.number(), last.hash(), now);
        byte[] signature = key.sign(message.octets());
        if (!message.signedBy(certificate, signature)) {
            throw new IllegalStateException(
                    "the audit key does not belong to the audit certificate " + certificate.serial());
        }
        Sha256 signer = certificate.fingerprint();
        return new AuditSeal(last.number(), last.hash(), now, signer, signature);
    }
}
