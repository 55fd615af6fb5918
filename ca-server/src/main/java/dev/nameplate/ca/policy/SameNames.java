package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A renewal asks for the very names of the certificate it renews (RFC 7030, 4.2.2), by the matching of RFC 5280, 7.1: string
 * types and case do not matter, nor does the order of alternative names.
 */
final class SameNames implements CsrCheck {
    private final CertificateDer renewed;

    SameNames(CertificateDer renewed) {
        this.renewed = renewed;
    }

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        X500Name has = renewed.parsed().getSubject();
        X500Name asked = request.csr().subject();
        return Names.same(has, asked) ? alternativesDiffer(request) : differs("subject", asked, has);
    }

    private Optional<Refusal> alternativesDiffer(Request request) {
        try {
            Set<String> asked = AltNames.comparable(AltNames.in(request.csr().requestedExtensions()));
            Set<String> has = AltNames.comparable(
                    AltNames.in(Optional.ofNullable(renewed.parsed().getExtensions())));
            return asked.equals(has) ? Optional.empty() : differs("subjectAltName", asked, has);
        } catch (IllegalArgumentException malformed) {
            return differs("subjectAltName", "something malformed", "well-formed names");
        }
    }

    private static Optional<Refusal> differs(String field, Object asked, Object has) {
        return Optional.of(new Refusal.NamesDiffer(field, Text.shown(asked.toString()), Text.shown(has.toString())));
    }
}
