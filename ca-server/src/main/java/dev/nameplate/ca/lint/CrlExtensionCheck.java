package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * The extensions of a CRL (RFC 5280, 5.2): the issuer's key and a number; a shard also says, critically, which one it is, and the
 * CRL of everything has nothing critical at all, for small verifiers refuse whatever is.
 */
final class CrlExtensionCheck {
    private final ExpectedCrl expected;

    CrlExtensionCheck(ExpectedCrl expected) {
        this.expected = expected;
    }

    void check(Extensions extensions, Consumer<String> finding) {
        boolean shard = !expected.distributionPoint().isEmpty();
        Set<ASN1ObjectIdentifier> meant = new HashSet<>(Set.of(Extension.authorityKeyIdentifier, Extension.cRLNumber));
        if (shard) {
            meant.add(Extension.issuingDistributionPoint);
        }
        if (!Set.of(extensions.getExtensionOIDs()).equals(meant)) {
            finding.accept("its extensions are not the issuer's key and a number, and a distribution point of a shard");
            return;
        }
        List<ASN1ObjectIdentifier> critical = Arrays.asList(extensions.getCriticalExtensionOIDs());
        if (!critical.equals(shard ? List.of(Extension.issuingDistributionPoint) : List.of())) {
            finding.accept("its critical extensions are " + critical);
        }
        if (!Arrays.equals(AuthorityKeyIdentifier.fromExtensions(extensions).getKeyIdentifierOctets(), issuersKey())) {
            finding.accept("its authorityKeyIdentifier is not the issuer's");
        }
        number(extensions, finding);
        if (shard) {
            distributionPoint(extensions, finding);
        }
    }

    private byte[] issuersKey() {
        return SubjectKeyIdentifier.fromExtensions(expected.signatory()
                        .certificate()
                        .map(CertificateDer::parsed)
                        .orElseThrow()
                        .getExtensions())
                .getKeyIdentifier();
    }

    private void number(Extensions extensions, Consumer<String> finding) {
        BigInteger number = ASN1Integer.getInstance(extensions.getExtensionParsedValue(Extension.cRLNumber))
                .getValue();
        if (number.signum() <= 0 || !number.equals(BigInteger.valueOf(expected.number()))) {
            finding.accept("its number is " + number + ", not " + expected.number());
        }
    }

    private void distributionPoint(Extensions extensions, Consumer<String> finding) {
        var point = IssuingDistributionPoint.getInstance(
                extensions.getExtensionParsedValue(Extension.issuingDistributionPoint));
        boolean plain = !point.onlyContainsUserCerts()
                && !point.onlyContainsCACerts()
                && !point.onlyContainsAttributeCerts()
                && !point.isIndirectCRL()
                && point.getOnlySomeReasons() == null;
        if (!plain || !urls(point.getDistributionPoint()).equals(expected.distributionPoint())) {
            finding.accept("its distribution point is not exactly that of its shard");
        }
    }

    private static List<String> urls(DistributionPointName name) {
        return name == null || name.getType() != DistributionPointName.FULL_NAME
                ? List.of()
                : Arrays.stream(GeneralNames.getInstance(name.getName()).getNames())
                        .filter(one -> one.getTagNo() == GeneralName.uniformResourceIdentifier)
                        .map(one -> ((ASN1String) one.getName()).getString())
                        .toList();
    }
}
