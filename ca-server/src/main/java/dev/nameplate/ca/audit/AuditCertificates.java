package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CertificatePath;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The certificates that seals are checked with: audit certificates, and the CA certificates above them.
 *
 * <p>An audit certificate is told from every other certificate of the same CA, a device's above all, by the extended key usage
 * {@link #PURPOSE}; no profile for anything else may have it.
 */
public final class AuditCertificates {
    /** id-kp-documentSigning (RFC 9336). */
    public static final KeyPurposeId PURPOSE = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36"));

    private final List<CertificateDer> certificates;
    private final Optional<Sha256> pinned;
    private final Set<Sha256> validThroughout = ConcurrentHashMap.newKeySet();

    /**
     * @param certificates every audit certificate there ever was, and the chains above them up to a root
     */
    public AuditCertificates(Collection<CertificateDer> certificates) {
        this(certificates, Optional.empty());
    }

    /** @param pinned the only anchor that counts, by its fingerprint; without one every root among the certificates counts */
    public AuditCertificates(Collection<CertificateDer> certificates, Optional<Sha256> pinned) {
        this.certificates = List.copyOf(new LinkedHashSet<>(certificates));
        this.pinned = pinned;
    }

    List<CertificateDer> all() {
        return certificates;
    }

    /** The audit certificate with this fingerprint, if it was one at this time. */
    Optional<CertificateDer> signer(Sha256 fingerprint, Instant at) {
        return certificates.stream()
                .filter(certificate -> certificate.fingerprint().equals(fingerprint))
                .filter(certificate -> usable(certificate, at))
                .findFirst();
    }

    private boolean usable(CertificateDer certificate, Instant at) {
        try {
            return maySeal(certificate) && validAt(certificate, at);
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            return false;
        }
    }

    static boolean maySeal(CertificateDer certificate) {
        ExtendedKeyUsage purposes =
                ExtendedKeyUsage.fromExtensions(certificate.parsed().getExtensions());
        return purposes != null && purposes.hasKeyPurposeId(PURPOSE) && !isCa(certificate);
    }

    private boolean validAt(CertificateDer signer, Instant at) {
        Instant from = signer.parsed().getNotBefore().toInstant();
        Instant to = signer.parsed().getNotAfter().toInstant();
        if (at.isBefore(from) || at.isAfter(to)) {
            return false;
        }
        if (validThroughout.contains(signer.fingerprint())) {
            return true;
        }
        if (leadsToAnAnchor(signer, from) && leadsToAnAnchor(signer, to)) {
            validThroughout.add(signer.fingerprint());
        }
        return validThroughout.contains(signer.fingerprint()) || leadsToAnAnchor(signer, at);
    }

    private boolean leadsToAnAnchor(CertificateDer signer, Instant at) {
        List<CertificateDer> cas =
                certificates.stream().filter(AuditCertificates::isCa).toList();
        return cas.stream()
                .filter(this::anchors)
                .anyMatch(anchor ->
                        new CertificatePath(signer, cas).objection(anchor, at).isEmpty());
    }

    private boolean anchors(CertificateDer ca) {
        return pinned.map(pin -> pin.equals(ca.fingerprint()))
                .orElseGet(() -> ca.parsed().getIssuer().equals(ca.parsed().getSubject()));
    }

    private static boolean isCa(CertificateDer certificate) {
        BasicConstraints constraints =
                BasicConstraints.fromExtensions(certificate.parsed().getExtensions());
        return constraints != null && constraints.isCA();
    }
}
