package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;

/** The fingerprint by which a person knows a root certificate: SHA-256 over its DER. */
record Fingerprints(Sha256 wanted) {
    /** @param text hexadecimal, with or without colons, as OpenSSL and browsers show it */
    static Fingerprints parse(String text) {
        try {
            return new Fingerprints(Sha256.fromHex(text.replace(":", "").strip().toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--fingerprint is no SHA-256 in hexadecimal: " + e.getMessage());
        }
    }

    static Sha256 of(X509CertificateHolder certificate) {
        return CertificateDer.of(certificate).fingerprint();
    }

    static boolean isRoot(X509CertificateHolder certificate) {
        return certificate.getSubject().equals(certificate.getIssuer());
    }

    /** The root with this fingerprint; without one nothing that the server says is believed, and the command ends. */
    X509CertificateHolder rootAmong(List<X509CertificateHolder> fetched) {
        return fetched.stream()
                .filter(certificate -> isRoot(certificate) && of(certificate).equals(wanted))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.refused(
                        "no root of the server has this fingerprint; it has " + shown(fetched)));
    }

    private static String shown(List<X509CertificateHolder> fetched) {
        String roots = fetched.stream()
                .filter(Fingerprints::isRoot)
                .map(root -> root.getSubject() + " with " + of(root))
                .collect(Collectors.joining(", "));
        return roots.isEmpty() ? "none" : roots;
    }
}
