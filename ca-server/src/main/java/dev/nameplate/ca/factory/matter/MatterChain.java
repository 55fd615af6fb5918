package dev.nameplate.ca.factory.matter;

import dev.nameplate.ca.lint.MatterIds;
import dev.nameplate.ca.lint.MatterRules;
import dev.nameplate.ca.lint.MatterRules.Kind;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** A device's attestation: exactly three certificates, whoever issued them. */
public record MatterChain(CertificateDer device, CertificateDer intermediate, CertificateDer authority) {
    /**
     * Everything that is wrong with the three, each with itself and with the one above it. The chain is looked at at the time the
     * device's certificate begins: it may have expired since, as device certificates hardly ever can be renewed.
     */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        findings.addAll(of(Kind.PAA, authority));
        findings.addAll(of(Kind.PAI, intermediate));
        findings.addAll(of(Kind.DAC, device));
        checkLink("PAA", authority, authority, findings);
        checkLink("PAI", intermediate, authority, findings);
        checkLink("DAC", device, intermediate, findings);
        Instant begins = device.parsed().getNotBefore().toInstant();
        checkTime("PAI", intermediate, begins, findings);
        checkTime("PAA", authority, begins, findings);
        return List.copyOf(findings);
    }

    /** Everything that is wrong with one certificate by itself. */
    public static List<String> of(Kind kind, CertificateDer certificate) {
        return MatterRules.findings(kind, certificate.parsed().toASN1Structure().getTBSCertificate());
    }

    /** Who made the device, and what it is. */
    public MatterIds ids() {
        return MatterIds.of(device.parsed().getSubject());
    }

    private static void checkLink(String name, CertificateDer lower, CertificateDer upper, List<String> findings) {
        X509CertificateHolder below = lower.parsed();
        X509CertificateHolder above = upper.parsed();
        if (!below.getIssuer().equals(above.getSubject())) {
            findings.add("Matter " + name + ": issuer is not the name of the certificate above it");
        }
        SubjectKeyIdentifier key = SubjectKeyIdentifier.fromExtensions(above.getExtensions());
        AuthorityKeyIdentifier named = AuthorityKeyIdentifier.fromExtensions(below.getExtensions());
        boolean keyNamed =
                key != null && named != null && Arrays.equals(key.getKeyIdentifier(), named.getKeyIdentifierOctets());
        if (!keyNamed) {
            findings.add("Matter " + name + ": authorityKeyIdentifier is not of the certificate above it");
        }
        if (!signedBy(below, above)) {
            findings.add("Matter " + name + ": signature is not by the certificate above it");
        }
    }

    private static boolean signedBy(X509CertificateHolder below, X509CertificateHolder above) {
        try {
            return Signatures.verifies(
                    below.getSignatureAlgorithm(),
                    PublicKeyFactory.createKey(above.getSubjectPublicKeyInfo()),
                    below.toASN1Structure().getTBSCertificate().getEncoded(),
                    below.getSignature());
        } catch (IOException notAKey) {
            return false;
        }
    }

    private static void checkTime(String name, CertificateDer certificate, Instant at, List<String> findings) {
        if (at.isBefore(certificate.parsed().getNotBefore().toInstant())
                || at.isAfter(certificate.parsed().getNotAfter().toInstant())) {
            findings.add("Matter " + name + ": is not valid when the device's certificate begins");
        }
    }
}
