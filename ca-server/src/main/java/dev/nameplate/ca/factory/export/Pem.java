package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Base64;
import java.util.List;

/** Certificates as text (RFC 7468). */
final class Pem {
    private static final int COLUMNS = 64;

    private Pem() {}

    static String of(CertificateDer certificate) {
        String base64 = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(certificate.octets());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    static String of(List<CertificateDer> certificates) {
        StringBuilder all = new StringBuilder();
        certificates.forEach(certificate -> all.append(of(certificate)));
        return all.toString();
    }
}
