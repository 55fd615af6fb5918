package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.AttemptLimiter;
import dev.nameplate.ca.device.AttemptLimits;
import dev.nameplate.ca.device.CmcSigner;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.DeviceAuthenticator;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.MessageAuthenticator;
import dev.nameplate.ca.device.Nonces;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.DoorTls;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.edge.http.TlsChoice;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.enrollment.MessageEnrollment;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.MessageSigner;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;

/** A door with labels for full CMC, and the parties that talk to it. */
class CmcConversation {
    static final String CMC = "Content-Type: application/pkcs7-mime; smime-type=CMC-request\r\n";
    static final long SUCCESS = 0;
    static final long FAILED = 2;
    static final long PENDING = 3;
    static final ASN1ObjectIdentifier CMC_RA = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28");
    static final ProfileName REGISTRAR = new ProfileName("registrar");

    final TestPki pki = new TestPki("door root");
    final TestCa ca = TestCa.with(profiles())
            .registered("sensor-17", Map.of())
            .registered("sensor-18", Map.of())
            .registered("gateway-1", Map.of())
            .registered("gateway-2", Map.of());
    final TestPki.Identity answering = pki.issue("messages");
    final Door door = Door.https(
                    "test",
                    TestDoors.settings(Duration.ofSeconds(20)),
                    new DoorTls(TlsLibrary.of(TlsChoice.AUTO), pki.door(), List.of()),
                    TestDoors.VOICE,
                    routes -> EstRoutes.add(routes, labels(), features(), TestDoors.VOICE))
            .open();
    final Party sensor = enrolled("sensor-17", SampleProfiles.LDEVID);

    @AfterEach
    void close() {
        door.close();
    }

    CmcMessage request() {
        return CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", keys()));
    }

    static CmcMessage revocation(Party signer, Party whose) {
        X509CertificateHolder certificate = whose.certificate().parsed();
        return CmcMessage.by(signer).revoke(5, certificate.getIssuer(), certificate.getSerialNumber(), 1);
    }

    Heard ask(String label, CmcMessage message) throws IOException {
        return post(path(label), CMC, message.base64());
    }

    Heard post(String path, String headers, String body) throws IOException {
        try (RawClient client = RawClient.tls(pki.client(), door.port())) {
            return client.say(EstDoor.request("POST", path, headers, body)).hear();
        }
    }

    RawClient client(Party party) throws IOException {
        return RawClient.tls(pki.client(new TestPki.Identity(party.keys(), party.certificate())), door.port());
    }

    static CmcAnswer refused(Heard heard, int status, long failure) throws IOException {
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(heard.status())
                .as(answer.status().getStatusStringUTF8().getString())
                .isEqualTo(status);
        assertThat(answer.statusNumber()).isEqualTo(FAILED);
        assertThat(answer.failure()).isEqualTo(failure);
        return answer;
    }

    static String path(String label) {
        return "/.well-known/est/" + label + "/fullcmc";
    }

    static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    static byte[] csr(String name, KeyPair keys) {
        return CsrBuilder.forKey(keys)
                .subject(new X500Name("CN=" + name))
                .build()
                .der();
    }

    static X509CertificateHolder issued(CmcAnswer answer, KeyPair keys) throws IOException {
        byte[] key = keys.getPublic().getEncoded();
        for (X509CertificateHolder certificate : answer.certificates()) {
            if (java.util.Arrays.equals(certificate.getSubjectPublicKeyInfo().getEncoded(), key)) {
                return certificate;
            }
        }
        throw new AssertionError("the answer has no certificate for the key");
    }

    /** The certificates of devices issued so far. */
    List<AuditEvent> devices() {
        return ca.store.audit().events().stream()
                .filter(event -> event.action().equals("certificate.issued"))
                .toList();
    }

    boolean standing(Party party) {
        return ca.store
                .known()
                .find(party.certificate())
                .orElseThrow()
                .revokedAt()
                .isPresent();
    }

    Party enrolled(String device, ProfileName profile) {
        KeyPair keys = keys();
        var csr = dev.nameplate.ca.edge.http.Requests.csr(dev.nameplate.est.Pkcs10.parse(csr(device, keys)));
        return new Party(
                keys,
                TestCa.issued(ca.enrollment.enroll(ca.withCode(device), TestCa.label(profile), csr, TestCa.REQUEST))
                        .certificate());
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static int indexOf(byte[] der, String text) {
        return new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }

    Map<LabelName, ServedLabel> labels() {
        return Map.of(
                LabelName.NONE,
                label("default", Set.of()),
                new LabelName("holder"),
                label("holder", Set.of(CmcSigner.HOLDER)),
                new LabelName("ra"),
                label("ra", Set.of(CmcSigner.RA)),
                new LabelName("waiting"),
                waiting());
    }

    static ServedLabel waiting() {
        return new ServedLabel(
                new EnrolmentLabel(
                        new LabelName("waiting"),
                        SampleProfiles.LDEVID,
                        Set.of(Way.CERTIFICATE),
                        List.of(),
                        EnrolmentLabel.Terms.of(
                                Linking.WHEN_GIVEN, new Decision(Decision.By.OPERATOR, Set.of(Purpose.ENROL)))),
                SampleProfiles.DEVICES,
                AnswerLayout.AS_ASKED,
                new ServedLabel.Options(AttributesForm.NONE, false, Set.of(CmcSigner.HOLDER)));
    }

    static ServedLabel label(String name, Set<CmcSigner> cmc) {
        return new ServedLabel(
                new EnrolmentLabel(new LabelName(name), SampleProfiles.LDEVID, Set.of(Way.CERTIFICATE), List.of()),
                SampleProfiles.DEVICES,
                AnswerLayout.AS_ASKED,
                new ServedLabel.Options(AttributesForm.NONE, false, cmc));
    }

    EstFeatures features() {
        var devices = new DeviceAuthenticator(
                ca.store.known(),
                ca.store.devices(),
                ca.store.codes(),
                new AttemptLimiter(AttemptLimits.defaults(), ca.clock),
                profile -> Duration.ZERO,
                _ -> false,
                new Nonces(ca.clock, new SecureRandom()),
                ca.clock);
        var signers = new MessageAuthenticator(devices, ca.store.known(), ca.store.devices());
        var enrollment = new MessageEnrollment(ca.enrollment::enroll, signers, ca.store.ledger(), ca.revocations());
        var fake = new FakeCa().features();
        return new EstFeatures(
                new EstFeatures.Doorkeeper(devices::identify, _ -> "a nonce"),
                fake.enroll(),
                fake.reenroll(),
                fake.chains(),
                fake.asked(),
                fake.advise(),
                fake.keys(),
                new EstFeatures.Messages(
                        signers::identify,
                        enrollment::enroll,
                        enrollment::revoke,
                        this::signer,
                        new SecureRandom(),
                        ca.clock));
    }

    MessageSigner signer() {
        return new MessageSigner(
                List.of(answering.certificate().parsed(), pki.root().parsed()),
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                message -> new Party(answering.key(), answering.certificate()).sign(message));
    }

    static Profiles profiles() {
        Profile usual = SampleProfiles.ldevid();
        var registrar = new Profile(
                REGISTRAR,
                usual.issuer(),
                usual.keys(),
                usual.validity(),
                usual.subject(),
                Usages.of(
                        Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of(ExtendedUse.CLIENT_AUTH, ExtendedUse.parse("cmcRA"))),
                usual.locations(),
                usual.renewal());
        return new Profiles(new ArrayList<>(List.of(usual, registrar)));
    }
}
