package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates in PEM (RFC 7468). */
final class PemText {
    private PemText() {}

    static String of(List<CertificateDer> certificates) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            for (CertificateDer certificate : certificates) {
                pem.writeObject(new PemObject("CERTIFICATE", certificate.octets()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("PEM cannot be written into memory", e);
        }
        return text.toString();
    }
}
