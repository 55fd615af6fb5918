package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * Names change on request alone (RFC 7030, 4.2.2): where the registration gives a device other names than its certificate has, its
 * request asks for exactly those with changeSubjectName (RFC 6402, 2.8).
 */
final class NewNames implements CsrCheck {
    private final X500Name subject;
    private final Optional<Extensions> extensions;

    /** @param has the certificate whose names may change */
    NewNames(org.bouncycastle.cert.X509CertificateHolder has) {
        this.subject = has.getSubject();
        this.extensions = Optional.ofNullable(has.getExtensions());
    }

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        try {
            Optional<NameChange> change = NameChange.in(request.csr());
            return change.isPresent() ? asked(change.get(), request) : unasked(request);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(new Refusal.AttributeNotSupported("changeSubjectName", "it is malformed"));
        }
    }

    private static Optional<Refusal> asked(NameChange change, Request request) {
        if (!Names.same(change.subjectOrNone(), request.subject())) {
            return differs("subject", change.subjectOrNone(), request.subject());
        }
        Set<String> asked = AltNames.comparable(change.alternatives());
        Set<String> given = AltNames.comparable(request.alternatives());
        return asked.equals(given) ? Optional.empty() : differs("subjectAltName", asked, given);
    }

    private Optional<Refusal> unasked(Request request) {
        Set<String> has = AltNames.comparable(AltNames.in(extensions));
        Set<String> given = AltNames.comparable(request.alternatives());
        if (!Names.same(subject, request.subject())) {
            return changed("subject", request.subject());
        }
        return has.equals(given) ? Optional.empty() : changed("subjectAltName", given);
    }

    private static Optional<Refusal> differs(String field, Object asked, Object given) {
        return Optional.of(
                new Refusal.NewNames(field, Optional.of(Text.shown(asked.toString())), Text.shown(given.toString())));
    }

    private static Optional<Refusal> changed(String field, Object given) {
        return Optional.of(new Refusal.NewNames(field, Optional.empty(), Text.shown(given.toString())));
    }
}
