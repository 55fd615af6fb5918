package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** Proof that a certificate passed every lint. Only {@link Linter} makes one. */
public final class LintedCertificate {
    private final byte[] der;
    private final TBSCertificate tbs;

    LintedCertificate(byte[] der, TBSCertificate tbs) {
        this.der = der;
        this.tbs = tbs;
    }

    public TBSCertificate tbs() {
        return tbs;
    }

    /** The octets to sign. */
    public byte[] octets() {
        return der.clone();
    }

    /** @throws IllegalStateException if the signed certificate is not exactly what was linted (RFC 5280, 4.1.1.2) */
    public void requireSameContent(CertificateDer certificate) {
        var structure = certificate.parsed().toASN1Structure();
        if (!structure.getSignatureAlgorithm().equals(tbs.getSignature())) {
            throw new IllegalStateException("the signed certificate names another algorithm outside than inside");
        }
        try {
            if (!Arrays.equals(structure.getTBSCertificate().getEncoded(ASN1Encoding.DER), der)) {
                throw new IllegalStateException("the signed certificate is not the one that was linted");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the signed certificate cannot be encoded", e);
        }
    }
}
