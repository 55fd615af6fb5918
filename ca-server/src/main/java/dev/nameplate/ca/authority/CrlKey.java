package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.LintedCrl;
import dev.nameplate.ca.lint.Signatory;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** The key of a generation that signs or once signed certificates, for its CRLs alone. Takes nothing to sign that was not linted. */
public final class CrlKey {
    private final IssuerRecord issuer;
    private final CaKey key;
    private final Signatory signatory;

    CrlKey(IssuerRecord issuer, CaKey key) {
        this.issuer = issuer;
        this.key = key;
        this.signatory = Signatory.issuer(issuer.chain().getFirst(), key.algorithm());
    }

    public IssuerGeneration generation() {
        return issuer.generation();
    }

    public boolean active() {
        return issuer.state() == IssuerRecord.State.ACTIVE;
    }

    /** Whether it issues no more certificates. */
    public boolean retired() {
        return issuer.state() == IssuerRecord.State.RETIRED || ending();
    }

    /** Whether its next CRLs are its last. */
    public boolean ending() {
        return issuer.state() == IssuerRecord.State.ENDING;
    }

    public CertificateDer certificate() {
        return issuer.chain().getFirst();
    }

    /** The issuer of its CRLs. */
    public X500Name name() {
        return certificate().parsed().getSubject();
    }

    /** For the extension of its CRLs (RFC 5280, 5.2.1). */
    public AuthorityKeyIdentifier keyIdentifier() {
        return new AuthorityKeyIdentifier(
                SubjectKeyIdentifier.fromExtensions(certificate().parsed().getExtensions())
                        .getKeyIdentifier());
    }

    public Signatory signatory() {
        return signatory;
    }

    /** Why this issuer cannot sign now, if it cannot. */
    public Optional<String> objectionAt(Instant now) {
        return IssuerKey.objection(signatory, now);
    }

    /** The hash that a CRL's octets go through while they are linted. */
    public MessageDigest newDigest() {
        return key.newDigest();
    }

    /**
     * Signs in the vault and verifies what comes back with the issuer's public key.
     *
     * @return the signature as X.509 carries it
     * @throws SigningUnavailableException if it does not verify; then nobody may have it
     * @throws dev.nameplate.hsm.VaultException if the vault cannot sign now
     */
    public byte[] sign(LintedCrl linted) {
        return key.signDigest(linted.digest());
    }
}
