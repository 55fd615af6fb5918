package dev.nameplate.ca.pki;

import dev.nameplate.ca.fuzz.Reading;
import java.time.Instant;
import java.util.List;

/** A certificate that a TLS client shows is one, or an illegal argument; its names compare, and its path has a verdict. */
public final class CertificateFuzz {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private CertificateFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        CertificateDer certificate;
        try {
            certificate = CertificateDer.parse(input);
        } catch (IllegalArgumentException _) {
            return; // the one way to say no
        }
        Names.same(certificate.parsed().getSubject(), certificate.parsed().getIssuer());
        Keys.algorithmOf(certificate.parsed().getSubjectPublicKeyInfo());
        Reading.whole(certificate);
        ClientUse.objectionTo(certificate);
        new CertificatePath(certificate, List.of()).objection(certificate, NOW);
    }
}
