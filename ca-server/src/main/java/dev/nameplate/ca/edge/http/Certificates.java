package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

/** Our certificates in the form TLS libraries take. */
final class Certificates {
    private Certificates() {}

    static X509Certificate[] toJca(Collection<CertificateDer> certificates) {
        return certificates.stream().map(Certificates::toJca).toArray(X509Certificate[]::new);
    }

    private static X509Certificate toJca(CertificateDer certificate) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.octets()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(certificate + " is not readable for TLS: " + e.getMessage(), e);
        }
    }
}
