package dev.nameplate.ca.lint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** Checks what is about to be signed against RFC 5280 and against what it should be. */
public final class Linter {
    private final List<Lint> lints;

    /** With every lint there is. */
    public Linter() {
        this(List.of(
                new Version(),
                new SerialForm(),
                new TimeForm(),
                new WithinIssuer(),
                new IssuerName(),
                new SubjectName(),
                new StringForms(),
                new KeyIdentifiers(),
                new CaConsistency(),
                new PathLength(),
                new Criticality(),
                new UsageConsistency(),
                new AsExpected(),
                new SubjectKeyStrength(),
                new SignatureAlgorithm(),
                new UrlForms(),
                new MatterForm()));
    }

    Linter(List<Lint> lints) {
        this.lints = List.copyOf(lints);
    }

    /** @throws LintFailedException with every finding */
    public LintedCertificate lint(TBSCertificate tbs, Signatory signatory, Expected expected) {
        Draft draft = draft(tbs, signatory, expected);
        List<String> findings = new ArrayList<>();
        for (Lint lint : lints) {
            lint.check(draft, findings::add);
        }
        if (!findings.isEmpty()) {
            throw new LintFailedException(findings);
        }
        return new LintedCertificate(draft.der(), draft.tbs());
    }

    /** Encodes and parses again, so that what is looked at is what a receiver will see (DER; no extension twice, RFC 5280, 4.2). */
    private static Draft draft(TBSCertificate tbs, Signatory signatory, Expected expected) {
        try {
            byte[] der = tbs.getEncoded(ASN1Encoding.DER);
            TBSCertificate parsed = TBSCertificate.getInstance(der);
            if (!Arrays.equals(parsed.getEncoded(ASN1Encoding.DER), der)) {
                throw new LintFailedException(List.of("the encoding is not DER"));
            }
            if (parsed.getExtensions() == null) {
                throw new LintFailedException(List.of("it has no extensions"));
            }
            return Draft.of(der, parsed, signatory, expected);
        } catch (IOException | IllegalArgumentException e) {
            throw new LintFailedException(List.of("it does not parse: " + e.getMessage()));
        }
    }
}
