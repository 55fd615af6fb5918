package dev.nameplate.ca.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * What Matter's device attestation certificates look like, whoever issued them: the authority of products (PAA), what it certifies
 * for a vendor or product (PAI), and the device's own (DAC).
 */
public final class MatterRules {
    private static final int V3 = 3;
    private static final int CA_USAGE = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    /** Which of the three. */
    public enum Kind {
        PAA(CA_USAGE, Optional.of(1)),
        PAI(CA_USAGE, Optional.of(0)),
        DAC(KeyUsage.digitalSignature, Optional.empty());

        private final int usage;
        private final Optional<Integer> pathLength;

        @SuppressWarnings("ImmutableEnumChecker") // Optional of an Integer is immutable without saying so
        Kind(int usage, Optional<Integer> pathLength) {
            this.usage = usage;
            this.pathLength = pathLength;
        }
    }

    private final Kind kind;
    private final TBSCertificate tbs;
    private final Consumer<String> finding;

    private MatterRules(Kind kind, TBSCertificate tbs, Consumer<String> finding) {
        this.kind = kind;
        this.tbs = tbs;
        this.finding = finding;
    }

    /** Everything that is wrong with it as one of its kind; its issuer is not looked at but for its name. */
    public static List<String> findings(Kind kind, TBSCertificate tbs) {
        List<String> findings = new ArrayList<>();
        check(kind, tbs, findings::add);
        return findings;
    }

    static void check(Kind kind, TBSCertificate tbs, Consumer<String> finding) {
        MatterRules rules = new MatterRules(kind, tbs, problem -> finding.accept("Matter " + kind + ": " + problem));
        rules.checkAlgorithms();
        rules.checkNames();
        if (tbs.getExtensions() == null) {
            rules.finding.accept("it has no extensions");
            return;
        }
        rules.checkConstraints(tbs.getExtensions());
        rules.checkUsage(tbs.getExtensions());
        rules.checkKeyIdentifiers(tbs.getExtensions());
    }

    private void checkAlgorithms() {
        if (tbs.getVersionNumber() != V3) {
            finding.accept("version is " + tbs.getVersionNumber() + ", not 3");
        }
        if (!tbs.getSignature().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)) {
            finding.accept("signature algorithm is not ECDSA with SHA-256");
        }
        AlgorithmIdentifier key = tbs.getSubjectPublicKeyInfo().getAlgorithm();
        if (!key.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !SECObjectIdentifiers.secp256r1.equals(key.getParameters())) {
            finding.accept("key is not on P-256");
        }
    }

    private void checkNames() {
        MatterIds own = MatterIds.of(tbs.getSubject(), problem -> finding.accept("subject: " + problem));
        MatterIds issuer = MatterIds.of(tbs.getIssuer(), problem -> finding.accept("issuer: " + problem));
        switch (kind) {
            case PAA -> checkAuthority(own);
            case PAI -> checkVendor(own, issuer, false);
            case DAC -> {
                checkVendor(own, issuer, true);
                if (own.product().isEmpty()) {
                    finding.accept("subject has no PID");
                }
            }
        }
    }

    private void checkAuthority(MatterIds own) {
        if (!tbs.getSubject().equals(tbs.getIssuer())) {
            finding.accept("it is not issued by itself");
        }
        if (own.product().isPresent()) {
            finding.accept("subject has a PID");
        }
    }

    private void checkVendor(MatterIds own, MatterIds issuer, boolean issuersNeeded) {
        if (own.vendor().isEmpty()) {
            finding.accept("subject has no VID");
        }
        if (issuersNeeded && issuer.vendor().isEmpty()) {
            finding.accept("issuer has no VID");
        }
        if (issuer.vendor().isPresent() && !issuer.vendor().equals(own.vendor())) {
            finding.accept("VID is not the issuer's");
        }
        if (issuer.product().isPresent() && !issuer.product().equals(own.product())) {
            finding.accept("PID is not the issuer's");
        }
    }

    private void checkConstraints(Extensions extensions) {
        if (!critical(Extension.basicConstraints, "basicConstraints")) {
            return;
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        if (constraints.isCA() == (kind == Kind.DAC)) {
            finding.accept("basicConstraints says CA:" + (constraints.isCA() ? "TRUE" : "FALSE"));
        }
        Optional<Integer> length =
                Optional.ofNullable(constraints.getPathLenConstraint()).map(java.math.BigInteger::intValue);
        if (!length.equals(kind.pathLength)) {
            finding.accept("pathLenConstraint is not "
                    + kind.pathLength.map(String::valueOf).orElse("absent"));
        }
    }

    private void checkUsage(Extensions extensions) {
        if (critical(Extension.keyUsage, "keyUsage")
                && ASN1BitString.getInstance(extensions.getExtensionParsedValue(Extension.keyUsage))
                                .intValue()
                        != kind.usage) {
            finding.accept(
                    "keyUsage is not exactly " + (kind == Kind.DAC ? "digitalSignature" : "keyCertSign and cRLSign"));
        }
    }

    private boolean critical(ASN1ObjectIdentifier type, String name) {
        Extension extension = tbs.getExtensions().getExtension(type);
        if (extension == null) {
            finding.accept(name + " is missing");
        } else if (!extension.isCritical()) {
            finding.accept(name + " is not critical");
        }
        return extension != null;
    }

    private void checkKeyIdentifiers(Extensions extensions) {
        SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(extensions);
        AuthorityKeyIdentifier issuers = AuthorityKeyIdentifier.fromExtensions(extensions);
        if (own == null) {
            finding.accept("subjectKeyIdentifier is missing");
        }
        if (issuers == null || issuers.getKeyIdentifierOctets() == null) {
            finding.accept("authorityKeyIdentifier is missing");
        } else if (kind == Kind.PAA
                && own != null
                && !Arrays.equals(own.getKeyIdentifier(), issuers.getKeyIdentifierOctets())) {
            finding.accept("authorityKeyIdentifier is not its own");
        }
    }
}
