package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.LintedCertificate;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.lint.Signatory;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** Makes the certificates of CAs. Every one is linted before it is signed. */
final class CaWorkshop {
    private final KeyVault vault;
    private final IssuerKeys keys;
    private final Linter linter;
    private final InstantSource clock;
    private final SecureRandom random;

    CaWorkshop(KeyVault vault, KeyClaims claims, Linter linter, InstantSource clock, SecureRandom random) {
        this.vault = vault;
        this.keys = new IssuerKeys(vault, claims);
        this.linter = linter;
        this.clock = clock;
        this.random = random;
    }

    IssuerKeys keys() {
        return keys;
    }

    /** The key of a generation that has a certificate, to sign with. */
    IssuerKey signer(IssuerRecord issuer) {
        var certificate = issuer.chain().getFirst().parsed();
        SigningKey key = vault.signingKey(KeyUri.parse(issuer.keyUri()));
        return new IssuerKey(issuer, new CaKey(key, certificate.getSubjectPublicKeyInfo()));
    }

    CertificateDer selfSigned(IssuerSettings settings, X500Name subject, VaultKey key) {
        CaKey signing = keys.signing(key);
        TBSCertificate draft = CaDraft.of(settings, subject, key.publicKey())
                .selfSigned(
                        SerialNumber.random(random),
                        signing.algorithm(),
                        Term.of(settings.validity(), clock.instant()));
        return signing.sign(linter.lint(draft, Signatory.itself(signing.algorithm()), CaDraft.expected()));
    }

    /** @throws FoundingException if the parent's own certificate is not valid now */
    CertificateDer under(IssuerKey parent, IssuerSettings settings, X500Name subject, VaultKey key) {
        Instant now = clock.instant();
        parent.objectionAt(now).ifPresent(why -> {
            throw new FoundingException("issuer " + parent.generation() + " cannot sign: " + why);
        });
        Term term = Term.of(settings.validity(), now).within(parent);
        TBSCertificate draft =
                CaDraft.of(settings, subject, key.publicKey()).under(parent, SerialNumber.random(random), term);
        return parent.sign(linter.lint(draft, parent.signatory(), CaDraft.expected()));
    }

    /** A certificate for the name and key of one root by another root of this name: OldWithNew, or NewWithOld (RFC 9810, 4.4). */
    CertificateDer link(CertificateDer certified, IssuerKey by) {
        TBSCertificate draft =
                CaDraft.like(certified).under(by, SerialNumber.random(random), Term.ofLink(certified, by));
        Signatory vouching =
                new Signatory(Optional.of(by.certificate()), by.signatory().algorithm(), Instant.MIN, Instant.MAX);
        LintedCertificate linted = linter.lint(draft, vouching, CaDraft.expected());
        return by.sign(linted);
    }

    /** PKCS#10 in DER (RFC 2986), for a CA elsewhere. */
    byte[] request(IssuerSettings settings, X500Name subject, String keyUri) {
        return CaRequest.of(settings, subject, vault.signingKey(KeyUri.parse(keyUri)));
    }

    /** Whether this certificate is for the key of this generation. */
    boolean isFor(CertificateDer certificate, IssuerRecord issuer) {
        return certificate
                .parsed()
                .getSubjectPublicKeyInfo()
                .equals(vault.signingKey(KeyUri.parse(issuer.keyUri())).publicKey());
    }
}
