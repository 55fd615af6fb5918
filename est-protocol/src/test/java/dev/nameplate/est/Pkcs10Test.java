package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs10Test {
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    private static final String MICROSOFT = "1.3.6.1.4.1.311.2.1.14";
    private static final String CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
    private static final String CHANGE_SUBJECT_NAME = "1.3.6.1.5.5.7.7.36";
    private static final GeneralNames NAMES = new GeneralNames(new GeneralName(GeneralName.dNSName, "x"));
    private static final X500Name NEW_NAME = new X500Name("CN=new");

    @Test
    void readsARequestThatOpensslMade() {
        Pkcs10 csr = EnrollRequest.parse(Samples.resource("p256.csr")).csr();

        assertThat(csr.subject()).isEqualTo(new X500Name("O=Acme,CN=sensor-17"));
        assertThat(csr.subjectAltNames().orElseThrow().getNames())
                .extracting(name -> name.getName().toString())
                .containsExactly("sensor-17.example", "urn:dev:mac:0024befffe804ff1");
        assertThat(csr.attributeTypes()).containsExactly(AttributesReader.EXTENSION_REQUEST);
        assertThat(csr.der()).isEqualTo(Samples.requestDer("p256.csr"));
        assertThat(csr.challengePassword()).isEmpty();
        assertThat(csr.changeSubjectName()).isEmpty();
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        byte[] der = Samples.requestDer("p256.csr");
        Pkcs10 csr = Pkcs10.parse(der);

        Arrays.fill(der, (byte) 0);
        Arrays.fill(csr.der(), (byte) 0);

        assertThat(csr.signatureIsValid()).isTrue();
    }

    @Test
    void hasNoExtensionsWhereNoneAreAskedFor() {
        Pkcs10 csr = Pkcs10.parse(Samples.request(builder -> {}));
        assertThat(csr.requestedExtensions()).isEmpty();
        assertThat(csr.subjectAltNames()).isEmpty();
    }

    @Test
    void readsARequestThatLeavesTheAttributesOut() {
        Pkcs10 csr = Pkcs10.parse(Samples.request(builder -> builder.setLeaveOffEmptyAttributes(true)));
        assertThat(csr.attributeTypes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {EXTENSION_REQUEST, MICROSOFT})
    void readsExtensionsFromEitherAttribute(String attribute) throws IOException {
        Pkcs10 csr = Pkcs10.parse(Samples.requestWith(attribute, extensions(san())));
        assertThat(csr.subjectAltNames()).contains(NAMES);
    }

    @Test
    void refusesTheAttributeTwice() throws IOException {
        Extensions wanted = extensions(san());
        byte[] twice = Samples.request(builder -> builder.addAttribute(AttributesReader.EXTENSION_REQUEST, wanted)
                .addAttribute(AttributesReader.EXTENSION_REQUEST, wanted));
        assertRefused(twice, "attribute 1.2.840.113549.1.9.14 is given twice");
    }

    @Test
    void refusesExtensionsInBothAttributes() throws IOException {
        Extensions wanted = extensions(san());
        byte[] both = Samples.request(builder -> builder.addAttribute(AttributesReader.EXTENSION_REQUEST, wanted)
                .addAttribute(AttributesReader.MICROSOFT_EXTENSION_REQUEST, wanted));
        assertRefused(both, "requested twice");
    }

    @Test
    void refusesTwoValuesInTheAttribute() throws IOException {
        byte[] twoValues = Samples.requestWith(EXTENSION_REQUEST, extensions(san()), extensions(ca()));
        assertRefused(twoValues, "extensionRequest has 2 values instead of one");
    }

    @Test
    void refusesAnExtensionTwice() throws IOException {
        byte[] twice = Samples.requestWith(EXTENSION_REQUEST, new DERSequence(new ASN1Encodable[] {san(), san()}));
        assertRefused(twice, "2.5.29.17");
    }

    @Test
    void refusesAnExtensionWhoseValueIsNotDer() {
        var broken = new Extension(Extension.basicConstraints, false, new DEROctetString(new byte[] {0x30, 5}));
        assertRefused(
                Samples.requestWith(EXTENSION_REQUEST, new Extensions(broken)),
                "value of requested extension 2.5.29.19 is not DER");
    }

    @Test
    void refusesASubjectAltNameWithoutNames() throws IOException {
        var empty = new Extension(
                Extension.subjectAlternativeName, false, new DEROctetString(new DERSequence().getEncoded()));
        assertRefused(Samples.requestWith(EXTENSION_REQUEST, new Extensions(empty)), "requested subjectAltName has 0");
    }

    @Test
    void refusesAnAttributeWithoutValue() {
        assertRefused(Samples.requestWith("1.2.3.4"), "attribute 1.2.3.4 has no value");
    }

    @Test
    void keepsAttributesItDoesNotKnow() {
        Pkcs10 csr = Pkcs10.parse(Samples.requestWith("1.2.3.4", new ASN1Integer(7), new ASN1Integer(8)));
        assertThat(csr.attribute(new ASN1ObjectIdentifier("1.2.3.4")))
                .hasValueSatisfying(attribute ->
                        assertThat(attribute.getAttrValues().size()).isEqualTo(2));
    }

    @Test
    void readsAChallengeInEveryStringType() {
        for (ASN1Encodable text : new ASN1Encodable[] {
            new DERPrintableString("abc="),
            new DERUTF8String("abc="),
            new DERIA5String("abc="),
            new DERT61String("abc="),
            new DERBMPString("abc=")
        }) {
            Pkcs10 csr = Pkcs10.parse(Samples.requestWith(CHALLENGE_PASSWORD, text));
            assertThat(csr.challengePassword()).contains("abc=");
        }
    }

    @Test
    void readsTheChallengesOfRfc7894() {
        Pkcs10 csr = Pkcs10.parse(Samples.request(
                builder -> builder.addAttribute(AttributesReader.OTP_CHALLENGE, new DERUTF8String("otp"))
                        .addAttribute(AttributesReader.REVOCATION_CHALLENGE, new DERUTF8String("revocation"))
                        .addAttribute(AttributesReader.EST_IDENTITY_LINKING, new DERPrintableString("linking"))));
        assertThat(csr.otpChallenge()).contains("otp");
        assertThat(csr.revocationChallenge()).contains("revocation");
        assertThat(csr.estIdentityLinking()).contains("linking");
        assertThat(AttributesReader.EST_IDENTITY_LINKING.getId()).isEqualTo("1.2.840.113549.1.9.16.2.58");
    }

    @Test
    void refusesAChallengeThatIsNoStringOrOfNoSize() {
        assertRefused(Samples.requestWith(CHALLENGE_PASSWORD, new ASN1Integer(1)), "challengePassword is not a");
        assertRefused(Samples.requestWith(CHALLENGE_PASSWORD, new DERUTF8String("")), "has 0 characters");
        assertRefused(
                Samples.requestWith(CHALLENGE_PASSWORD, new DERUTF8String("x".repeat(256))), "has 256 characters");
    }

    @Test
    void doesNotShowTheChallengeInItsText() {
        Pkcs10 csr = Pkcs10.parse(Samples.requestWith(CHALLENGE_PASSWORD, new DERUTF8String("hush")));
        assertThat(csr.toString()).doesNotContain("hush").contains("dev1");
    }

    @Test
    void readsChangeSubjectNameAsPublishedAndAsCorrected() {
        var corrected = new DERTaggedObject(false, 1, NAMES);
        assertChange(new ChangeSubjectName(Optional.of(NEW_NAME), Optional.of(NAMES)), NEW_NAME, NAMES);
        assertChange(new ChangeSubjectName(Optional.of(NEW_NAME), Optional.of(NAMES)), NEW_NAME, corrected);
        assertChange(new ChangeSubjectName(Optional.of(NEW_NAME), Optional.empty()), NEW_NAME);
        assertChange(new ChangeSubjectName(Optional.empty(), Optional.of(NAMES)), NAMES);
        assertChange(new ChangeSubjectName(Optional.empty(), Optional.of(NAMES)), corrected);
    }

    @Test
    void refusesAChangeSubjectNameWithoutNamesOrInDisorder() {
        assertRefused(Samples.requestWith(CHANGE_SUBJECT_NAME, new DERSequence()), "changeSubjectName has 0 elements");
        assertRefused(
                Samples.requestWith(CHANGE_SUBJECT_NAME, new DERSequence(new ASN1Encodable[] {NAMES, NEW_NAME})),
                "does not begin with a subject");
        assertRefused(Samples.requestWith(CHANGE_SUBJECT_NAME, new ASN1Integer(1)), "is not a SEQUENCE");
    }

    @Test
    void doesNotTakeAnExtensionForTheAttributeOfTheSameName() {
        var asExtension =
                new Extension(AttributesReader.CHANGE_SUBJECT_NAME, false, new DEROctetString(new byte[] {0x05, 0x00}));
        Pkcs10 csr = Pkcs10.parse(Samples.requestWith(EXTENSION_REQUEST, new Extensions(asExtension)));
        assertThat(csr.changeSubjectName()).isEmpty();
        assertThat(csr.requestedExtensions().orElseThrow().getExtension(AttributesReader.CHANGE_SUBJECT_NAME))
                .isNotNull();
    }

    @Test
    void refusesACertificate() throws IOException {
        assertRefused(Samples.certificate("root.pem").getEncoded(), "does not begin with a version number");
    }

    @Test
    void refusesAnotherVersion() throws IOException {
        ASN1Sequence outer = ASN1Sequence.getInstance(Samples.requestDer("p256.csr"));
        ASN1Encodable[] info = ASN1Sequence.getInstance(outer.getObjectAt(0)).toArray();
        info[0] = new ASN1Integer(1);
        assertRefused(outer(new DERSequence(info), outer.getObjectAt(1), outer.getObjectAt(2)), "version");
    }

    @Test
    void refusesElementsTooManyOrTooFew() throws IOException {
        ASN1Encodable[] parts =
                ASN1Sequence.getInstance(Samples.requestDer("p256.csr")).toArray();
        assertRefused(outer(parts[0], parts[1]), "has 2 elements instead of 3");
        assertRefused(outer(parts[0], parts[1], parts[2], parts[2]), "has 4 elements instead of 3");
        ASN1Encodable[] info = ASN1Sequence.getInstance(parts[0]).toArray();
        assertRefused(
                outer(
                        new DERSequence(new ASN1Encodable[] {info[0], info[1], info[2], info[3], info[3]}),
                        parts[1],
                        parts[2]),
                "has 5 elements instead of 3 to 4");
    }

    @Test
    void refusesAnEmptyRdn() throws IOException {
        ASN1Encodable[] parts =
                ASN1Sequence.getInstance(Samples.requestDer("p256.csr")).toArray();
        ASN1Encodable[] info = ASN1Sequence.getInstance(parts[0]).toArray();
        info[1] = new DERSequence(new DERSet());
        assertRefused(outer(new DERSequence(info), parts[1], parts[2]), "subject");
    }

    private static void assertChange(ChangeSubjectName expected, ASN1Encodable... fields) {
        Pkcs10 csr = Pkcs10.parse(Samples.requestWith(CHANGE_SUBJECT_NAME, new DERSequence(fields)));
        assertThat(csr.changeSubjectName()).contains(expected);
    }

    private static void assertRefused(byte[] der, String message) {
        assertThatThrownBy(() -> Pkcs10.parse(der))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(message);
    }

    private static byte[] outer(ASN1Encodable... parts) throws IOException {
        return new DERSequence(parts).getEncoded();
    }

    private static Extensions extensions(Extension... extensions) {
        return new Extensions(extensions);
    }

    private static Extension san() throws IOException {
        return Extension.create(Extension.subjectAlternativeName, false, NAMES);
    }

    private static Extension ca() throws IOException {
        return Extension.create(Extension.basicConstraints, true, new BasicConstraints(true));
    }
}
