package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.LintedCertificate;
import dev.nameplate.ca.lint.Signatory;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** An active issuer: its certificate, and its key in the vault. Takes nothing to sign that was not linted. */
public final class IssuerKey {
    private final IssuerRecord issuer;
    private final CertificateDer certificate;
    private final CaKey key;
    private final Signatory signatory;
    private final byte[] keyIdentifier;
    private final Instant notBefore;
    private final Instant notAfter;

    IssuerKey(IssuerRecord issuer, CaKey key) {
        this.issuer = issuer;
        this.certificate = issuer.chain().getFirst();
        this.key = key;
        this.signatory = Signatory.issuer(certificate, key.algorithm());
        this.keyIdentifier = SubjectKeyIdentifier.fromExtensions(
                        certificate.parsed().getExtensions())
                .getKeyIdentifier();
        this.notBefore = certificate.parsed().getNotBefore().toInstant();
        this.notAfter = certificate.parsed().getNotAfter().toInstant();
    }

    public IssuerGeneration generation() {
        return issuer.generation();
    }

    public CertificateDer certificate() {
        return certificate;
    }

    /** What {@link dev.nameplate.ca.lint.Linter} compares with. */
    public Signatory signatory() {
        return signatory;
    }

    public X500Name name() {
        return certificate.parsed().getSubject();
    }

    /** Its subjectKeyIdentifier, for the authorityKeyIdentifier of what it issues. */
    public byte[] keyIdentifier() {
        return keyIdentifier.clone();
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }

    /** Why this issuer cannot sign now, if it cannot. */
    public Optional<String> objectionAt(Instant now) {
        return objection(signatory, now);
    }

    static Optional<String> objection(Signatory signatory, Instant now) {
        if (now.isBefore(signatory.notBefore())) {
            return Optional.of(
                    "its certificate is valid from " + signatory.notBefore() + ", and the clock says " + now);
        }
        return now.isAfter(signatory.notAfter())
                ? Optional.of("its certificate ended at " + signatory.notAfter() + ", and the clock says " + now)
                : Optional.empty();
    }

    /**
     * Signs in the vault and verifies what comes back with the issuer's public key.
     *
     * @throws SigningUnavailableException if it does not verify; then nobody may have it
     * @throws dev.nameplate.hsm.VaultException if the vault cannot sign now
     */
    public CertificateDer sign(LintedCertificate linted) {
        return key.sign(linted);
    }
}
