package dev.nameplate.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.testkit.DeviceKey;
import java.math.BigInteger;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** Each test spoils one thing in a certificate that passes. */
class LinterTest {
    private final TbsRecipe recipe = TbsRecipe.leaf();

    @Test
    void passesAGoodCertificateAndAGoodCa() {
        assertThatCode(() -> recipe.lint()).doesNotThrowAnyException();
        assertThatCode(() -> TbsRecipe.ca().lint()).doesNotThrowAnyException();
    }

    @Test
    void tellsEverythingThatIsWrong() {
        recipe.serial = BigInteger.ZERO;
        recipe.issuer = new X500Name("CN=Other");

        assertThatThrownBy(recipe::lint)
                .isInstanceOfSatisfying(
                        LintFailedException.class,
                        failed -> assertThat(failed.findings()).hasSize(2));
    }

    @Test
    void findsSerialsOfTheWrongSize() {
        finds("serial", r -> r.serial = BigInteger.ONE.negate());
        finds("serial", r -> r.serial = BigInteger.ONE.shiftLeft(159));
    }

    @Test
    void findsTimesInTheWrongForm() {
        finds("notBefore is not", r -> r.notBefore = new Time(new DERGeneralizedTime("20261121080000Z")));
        finds("notAfter is not", r -> r.notAfter = new Time(new DERUTCTime("2711210800Z")));
    }

    @Test
    void findsAnEndBeforeTheBeginning() {
        finds("notAfter is before", r -> r.notAfter = TbsRecipe.time("2026-11-21T07:00:00Z"));
    }

    @Test
    void findsTimesOutsideTheIssuers() {
        finds("notAfter is after the issuer's", r -> r.notAfter = TbsRecipe.time("2046-11-22T00:00:00Z"));
        finds("notBefore is before the issuer's", r -> r.notBefore = TbsRecipe.time("2020-01-01T00:00:00Z"));
    }

    @Test
    void findsAnIssuerNameThatOnlyMatches() {
        finds("octet for octet", r -> r.issuer = new X500Name("CN=EXAMPLE CA"));
    }

    @Test
    void findsAMissingOrWrongKeyIdentifier() {
        finds("subjectKeyIdentifier is missing", r -> r.without(Extension.subjectKeyIdentifier));
        finds("authorityKeyIdentifier", r -> r.without(Extension.authorityKeyIdentifier));
        finds(
                "authorityKeyIdentifier",
                r -> r.with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20])));
    }

    @Test
    void findsANobody() {
        finds("subject is empty", r -> r.subject = new X500Name(""));
    }

    @Test
    void passesAnEmptySubjectWithACriticalAlternative() {
        recipe.subject = new X500Name("");
        recipe.with(
                Extension.subjectAlternativeName,
                true,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "s.example.com")));
        assertThatCode(recipe::lint).doesNotThrowAnyException();

        finds("subject is empty", r -> {
            r.subject = new X500Name("");
            r.with(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "s.example.com")));
        });
    }

    @Test
    void findsACaNobodyMeant() {
        finds("against what was meant", r -> r.with(Extension.basicConstraints, true, new BasicConstraints(true)));
        finds("keyCertSign", r -> r.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
        finds("cRLSign", r -> r.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)));
    }

    @Test
    void findsACaThatDoesNotFitUnderItsIssuer() {
        findsInCa("pathLenConstraint", r -> r.with(Extension.basicConstraints, true, new BasicConstraints(true)));
        findsInCa("pathLenConstraint", r -> r.with(Extension.basicConstraints, true, new BasicConstraints(1)));
    }

    @Test
    void findsTheWrongCriticality() {
        finds(
                "2.5.29.15 is not critical",
                r -> r.with(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature)));
        finds(
                "2.5.29.14 is critical",
                r -> r.with(Extension.subjectKeyIdentifier, true, new SubjectKeyIdentifier(new byte[20])));
        findsInCa("2.5.29.19 is not critical", r -> r.with(Extension.basicConstraints, false, new BasicConstraints(0)));
    }

    @Test
    void findsUsagesThatDoNotFitTheKeyOrEachOther() {
        finds(
                "keyEncipherment",
                r -> r.with(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)));
        finds("without digitalSignature", r -> r.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)));
        finds("keyUsage has no bit set", r -> r.with(Extension.keyUsage, true, new KeyUsage(0)));
        finds(
                "anyExtendedKeyUsage",
                r -> r.with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage)));
    }

    @Test
    void findsAnExtensionThatSlippedIn() {
        finds(
                "extensions are",
                r -> r.extensions.put(
                        OCSPObjectIdentifiers.id_pkix_ocsp_nocheck,
                        TbsRecipe.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)));
    }

    @Test
    void findsUsagesNobodyMeant() {
        finds(
                "extendedKeyUsage is not",
                r -> r.extensions.put(
                        Extension.extendedKeyUsage,
                        TbsRecipe.extension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))));
        finds("keyUsage is not what was meant", r -> r.expectedKeyUsage = KeyUsage.nonRepudiation);
    }

    @Test
    void findsWeakSubjectKeys() {
        finds(
                "the subject's key",
                r -> r.key = DeviceKey.onCurve(SECObjectIdentifiers.secp192r1).publicKey());
        finds("the subject's key", r -> r.key = DeviceKey.rsa(1024).publicKey());
    }

    @Test
    void findsTheWrongSignatureAlgorithm() {
        finds(
                "not the algorithm the issuer signs with",
                r -> r.algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384));
        finds(
                "not one to sign with",
                r -> r.algorithm =
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE));
    }

    @Test
    void findsStringsOfTheWrongTypeOrLength() {
        finds("C has the wrong string type", r -> r.subject = named(BCStyle.C, new DERUTF8String("DE")));
        finds("CN has the wrong string type", r -> r.subject = named(BCStyle.CN, new DERIA5String("x")));
        finds("CN has 65 characters", r -> r.subject = named(BCStyle.CN, new DERUTF8String("x".repeat(65))));
    }

    @Test
    void findsLocationsThatAreNotPlainHttp() {
        for (String url : new String[] {"https://h/x", "ldap://h/x", "/x", "http:x"}) {
            finds(
                    "authorityInfoAccess has a location",
                    r -> r.with(
                            Extension.authorityInfoAccess,
                            false,
                            new AuthorityInformationAccess(
                                    AccessDescription.id_ad_ocsp,
                                    new GeneralName(GeneralName.uniformResourceIdentifier, url))));
        }
    }

    @Test
    void knowsWhenAnotherCertificateWasSigned() {
        LintedCertificate linted = recipe.lint();

        assertThatThrownBy(() -> linted.requireSameContent(TbsRecipe.ISSUER)).isInstanceOf(IllegalStateException.class);
    }

    private static X500Name named(ASN1ObjectIdentifier type, org.bouncycastle.asn1.ASN1Encodable value) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(type, value).build();
    }

    private static void finds(String finding, Consumer<TbsRecipe> spoil) {
        finds(TbsRecipe.leaf(), finding, spoil);
    }

    private static void findsInCa(String finding, Consumer<TbsRecipe> spoil) {
        finds(TbsRecipe.ca(), finding, spoil);
    }

    private static void finds(TbsRecipe recipe, String finding, Consumer<TbsRecipe> spoil) {
        spoil.accept(recipe);
        assertThatThrownBy(recipe::lint)
                .isInstanceOfSatisfying(
                        LintFailedException.class,
                        failed -> assertThat(failed.findings()).anyMatch(text -> text.contains(finding)));
    }
}
