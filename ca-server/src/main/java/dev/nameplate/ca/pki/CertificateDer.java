package dev.nameplate.ca.pki;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.cert.X509CertificateHolder;

/** A well-formed X.509 certificate, byte for byte. Equal by its bytes. */
public final class CertificateDer {
    private final byte[] der;
    private final X509CertificateHolder parsed;

    private CertificateDer(byte[] der, X509CertificateHolder parsed) {
        this.der = der;
        this.parsed = parsed;
    }

    /** @throws IllegalArgumentException if this is not one DER certificate, or its names cannot be read */
    public static CertificateDer parse(byte[] der) {
        try {
            var parsed = new X509CertificateHolder(der);
            Names.requireReadable(parsed.getSubject());
            Names.requireReadable(parsed.getIssuer());
            return new CertificateDer(der.clone(), parsed);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an X.509 certificate: " + e.getMessage(), e);
        }
    }

    public static CertificateDer of(X509CertificateHolder certificate) {
        try {
            return new CertificateDer(certificate.getEncoded(), certificate);
        } catch (IOException e) {
            throw new IllegalArgumentException("certificate cannot be encoded", e);
        }
    }

    public byte[] octets() {
        return der.clone();
    }

    public X509CertificateHolder parsed() {
        return parsed;
    }

    public SerialNumber serial() {
        return new SerialNumber(parsed.getSerialNumber());
    }

    public Sha256 fingerprint() {
        return Sha256.of(der);
    }

    public Sha256 keyHash() {
        return Keys.hashOf(parsed.getSubjectPublicKeyInfo());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateDer that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "certificate " + parsed.getSerialNumber().toString(16);
    }
}
