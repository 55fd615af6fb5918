package dev.nameplate.ca.lint;

import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Every certificate names its key; it names its issuer's key as the issuer does (RFC 5280, 4.2.1.1 and 4.2.1.2). */
final class KeyIdentifiers implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(draft.extensions());
        if (own == null || own.getKeyIdentifier().length == 0) {
            finding.accept("subjectKeyIdentifier is missing");
            return;
        }
        AuthorityKeyIdentifier named = AuthorityKeyIdentifier.fromExtensions(draft.extensions());
        if (draft.selfSigned() && named == null) {
            return;
        }
        byte[] right = draft.signatory()
                .certificate()
                .map(issuer -> identifier(issuer.parsed().getExtensions()))
                .orElse(own.getKeyIdentifier());
        if (named == null || !Arrays.equals(named.getKeyIdentifierOctets(), right)) {
            finding.accept("authorityKeyIdentifier is not the issuer's subjectKeyIdentifier");
        }
    }

    private static byte[] identifier(Extensions extensions) {
        SubjectKeyIdentifier identifier = SubjectKeyIdentifier.fromExtensions(extensions);
        return identifier == null ? new byte[0] : identifier.getKeyIdentifier();
    }
}
