package dev.nameplate.ca.lint;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;

/** The issuer field is the CA's subject, octet for octet (RFC 5280, 4.1.2.4 and 4.1.2.6). */
final class IssuerName implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        X500Name subjectOfIssuer = draft.issuerSubject();
        X500Name right = subjectOfIssuer == null ? draft.tbs().getSubject() : subjectOfIssuer;
        if (!Arrays.equals(der(right), der(draft.tbs().getIssuer()))) {
            finding.accept("issuer is not the CA's subject octet for octet");
        }
        if (draft.tbs().getIssuer().size() == 0) {
            finding.accept("issuer is empty");
        }
    }

    private static byte[] der(X500Name name) {
        try {
            return name.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed name always encodes", e);
        }
    }
}
