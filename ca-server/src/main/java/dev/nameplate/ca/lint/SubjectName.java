package dev.nameplate.ca.lint;

import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A CA has a subject; whoever has none has a critical subject alternative name (RFC 5280, 4.1.2.6 and 4.2.1.6). */
final class SubjectName implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        Extension names = draft.extension(Extension.subjectAlternativeName);
        boolean empty = draft.tbs().getSubject().size() == 0;
        if (empty && draft.expected().ca()) {
            finding.accept("a CA has no subject");
        }
        if (empty && (names == null || !names.isCritical())) {
            finding.accept("subject is empty and there is no critical subjectAltName");
        }
        if (names != null && GeneralNames.getInstance(names.getParsedValue()).getNames().length == 0) {
            finding.accept("subjectAltName is empty");
        }
    }
}
