package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
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
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.MessageSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.PendInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST fullcmc on the wire, with a whole CA behind it. */
class FullCmcIT {
    private static final String CMC = "Content-Type: application/pkcs7-mime; smime-type=CMC-request\r\n";
    private static final long SUCCESS = 0;
    private static final long FAILED = 2;
    private static final long PENDING = 3;
    private static final ASN1ObjectIdentifier CMC_RA = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28");
    private static final ProfileName REGISTRAR = new ProfileName("registrar");

    private final TestPki pki = new TestPki("door root");
    private final TestCa ca = TestCa.with(profiles())
            .registered("sensor-17", Map.of())
            .registered("sensor-18", Map.of())
            .registered("gateway-1", Map.of())
            .registered("gateway-2", Map.of());
    private final TestPki.Identity answering = pki.issue("messages");
    private final Door door = Door.https(
                    "test",
                    TestDoors.settings(Duration.ofSeconds(20)),
                    new DoorTls(TlsLibrary.of(TlsChoice.AUTO), pki.door(), List.of()),
                    TestDoors.VOICE,
                    routes -> EstRoutes.add(routes, labels(), features(), TestDoors.VOICE))
            .open();
    private final Party sensor = enrolled("sensor-17", SampleProfiles.LDEVID);

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void isNotOfferedUnlessTheLabelSaysSo() throws IOException {
        Heard heard = post("/.well-known/est/fullcmc", CMC, request().base64());

        assertThat(heard.status()).isEqualTo(501);
        assertThat(heard.text()).contains("fullcmc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: application/pkcs7-mime\r\n",
                "Content-Type: application/pkcs10\r\n",
                "Content-Type: application/pkcs7-mime; smime-type=certs-only\r\n"
            })
    void namesTheRightMediaTypeToWhoSendsAnother(String type) throws IOException {
        Heard heard = post(path("holder"), type, request().base64());

        assertThat(heard.status()).isEqualTo(415);
        assertThat(heard.text()).contains("smime-type=CMC-request");
    }

    @Test
    void takesTheMediaTypeInAnyCase() throws IOException {
        String type = "Content-Type: Application/PKCS7-mime; smime-type=cmc-REQUEST\r\n";

        assertThat(post(path("holder"), type, request().base64()).status()).isEqualTo(200);
    }

    @Test
    void certifiesAPkcs10SignedByTheHolderOfACurrentCertificate() throws IOException {
        KeyPair next = keys();

        Heard heard = ask("holder", CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", next)));

        assertThat(heard.status()).isEqualTo(200);
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(answer.statusNumber()).isEqualTo(SUCCESS);
        assertThat(answer.status().getBodyList()[0].getID()).isEqualTo(7);
        assertThat(issued(answer, next).getSubject()).hasToString("CN=sensor-17");
        assertThat(heard.headers()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void certifiesACrmfRequestToo() throws IOException {
        KeyPair next = keys();

        CmcAnswer answer = CmcAnswer.of(ask("holder", CmcMessage.by(sensor).crmf(3, "CN=sensor-17", next)));

        assertThat(answer.statusNumber()).isEqualTo(SUCCESS);
        assertThat(issued(answer, next).getSubject()).hasToString("CN=sensor-17");
    }

    @Test
    void answersTheSameRequestWithTheSameCertificate() throws IOException {
        KeyPair next = keys();
        CmcMessage message = CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", next));

        X509CertificateHolder first = issued(CmcAnswer.of(ask("holder", message)), next);

        assertThat(issued(CmcAnswer.of(ask("holder", message)), next)).isEqualTo(first);
    }

    @Test
    void saysAgainWhatTheRequestWantsToHear() throws IOException {
        CmcMessage message = request()
                .nonce((byte) 1, (byte) 2)
                .control(91, CMCObjectIdentifiers.id_cmc_transactionId, new ASN1Integer(4711))
                .control(92, CMCObjectIdentifiers.id_cmc_dataReturn, new DEROctetString(new byte[] {5}));

        CmcAnswer answer = CmcAnswer.of(ask("holder", message));

        assertThat(answer.control(CMCObjectIdentifiers.id_cmc_transactionId)).contains(new ASN1Integer(4711));
        assertThat(answer.control(CMCObjectIdentifiers.id_cmc_recipientNonce))
                .contains(new DEROctetString(new byte[] {1, 2}));
        assertThat(answer.control(CMCObjectIdentifiers.id_cmc_dataReturn)).contains(new DEROctetString(new byte[] {5}));
        assertThat(answer.control(CMCObjectIdentifiers.id_cmc_senderNonce)).isPresent();
    }

    @Test
    void saysItAgainInARefusalToo() throws IOException {
        CmcMessage message =
                CmcMessage.by(sensor).pkcs10(7, csr("sensor-18", keys())).nonce((byte) 9);

        Heard heard = ask("holder", message);

        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(heard.status()).isEqualTo(403);
        assertThat(answer.statusNumber()).isEqualTo(FAILED);
        assertThat(answer.failure()).as("badIdentity").isEqualTo(7);
        assertThat(answer.status().getStatusStringUTF8().getString()).contains("sensor-18");
        assertThat(answer.status().getBodyList()[0].getID()).isEqualTo(7);
        assertThat(answer.control(CMCObjectIdentifiers.id_cmc_recipientNonce))
                .contains(new DEROctetString(new byte[] {9}));
        assertThat(devices()).hasSize(1);
    }

    @Test
    void refusesAMessageThatWasChangedAfterItWasSigned() throws IOException {
        byte[] der = request().der();
        int at = indexOf(der, "sensor-17");
        der[at]++;

        refused(post(path("holder"), CMC, base64(der)), 400, 1); // badMessageCheck
    }

    @Test
    void refusesASignatureWithSha1() throws IOException {
        refused(post(path("holder"), CMC, base64(request().der("SHA1withECDSA"))), 400, 1);
    }

    @Test
    void refusesASignerThisCaDoesNotKnow() throws IOException {
        Party stranger = Recipe.leaf("CN=sensor-17").selfSigned();

        refused(ask("holder", CmcMessage.by(stranger).pkcs10(7, csr("sensor-17", keys()))), 403, 7);
    }

    @Test
    void refusesACertificateWhoseKeyDidNotSign() throws IOException {
        Party forged = new Party(keys(), sensor.certificate());

        refused(ask("holder", CmcMessage.by(forged).pkcs10(7, csr("sensor-17", keys()))), 400, 1);
    }

    @Test
    void refusesTwoPartsUnderOneNumber() throws IOException {
        CmcMessage twice =
                CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", keys())).pkcs10(7, csr("sensor-17", keys()));

        refused(ask("holder", twice), 400, 2); // badRequest
    }

    @Test
    void answersEachOfSeveralRequestsInTheOneResponse() throws IOException {
        KeyPair one = keys();
        KeyPair other = keys();

        Heard heard = ask(
                "holder", CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", one)).crmf(8, "CN=sensor-17", other));

        assertThat(heard.status()).isEqualTo(200);
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(answer.statuses()).containsExactly(Map.entry(7L, SUCCESS), Map.entry(8L, SUCCESS));
        issued(answer, one);
        issued(answer, other);
    }

    @Test
    void saysWhichOfSeveralRequestsFailed() throws IOException {
        KeyPair good = keys();

        Heard heard = ask(
                "holder",
                CmcMessage.by(sensor).pkcs10(7, csr("sensor-18", keys())).pkcs10(8, csr("sensor-17", good)));

        assertThat(heard.status()).isEqualTo(403);
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(answer.statuses()).containsExactly(Map.entry(7L, FAILED), Map.entry(8L, SUCCESS));
        issued(answer, good);
    }

    @Test
    void certifiesAndRevokesInOneMessage() throws IOException {
        KeyPair next = keys();
        X509CertificateHolder own = sensor.certificate().parsed();

        CmcAnswer answer = CmcAnswer.of(ask(
                "holder",
                CmcMessage.by(sensor)
                        .revoke(5, own.getIssuer(), own.getSerialNumber(), 4)
                        .pkcs10(7, csr("sensor-17", next))));

        assertThat(answer.statuses()).containsExactly(Map.entry(5L, SUCCESS), Map.entry(7L, SUCCESS));
        issued(answer, next);
    }

    @Test
    void refusesAMessageThatAsksForNothing() throws IOException {
        refused(ask("holder", CmcMessage.by(sensor)), 400, 2);
    }

    @Test
    void saysThatARequestWaitsAndWhenToAskAgain() throws IOException {
        CmcMessage message = CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", keys()));

        Heard heard = ask("waiting", message);

        assertThat(heard.status()).isEqualTo(202);
        assertThat(heard.header("Retry-After", "")).matches("[0-9]+");
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(answer.statusNumber()).isEqualTo(PENDING);
        PendInfo pending = PendInfo.getInstance(answer.status().getOtherStatusInfo());
        var id = new PendingId(new String(pending.getPendToken(), StandardCharsets.US_ASCII));
        ca.approvals.approve(id, Optional.empty(), Cause.SYSTEM);
        assertThat(ask("waiting", message).status()).isEqualTo(200);
    }

    @Test
    void refusesControlsItDoesNotKnowByTheirNumber() throws IOException {
        CmcMessage message =
                request().control(55, CMCObjectIdentifiers.id_cmc_identityProof, new DEROctetString(new byte[20]));

        CmcAnswer answer = refused(ask("holder", message), 400, 2);

        assertThat(answer.status().getBodyList()[0].getID()).isEqualTo(55);
        assertThat(answer.status().getStatusStringUTF8().getString()).contains("identityProof");
    }

    @Test
    void demandsProofOfPossession() throws IOException {
        byte[] stolen = Csrs.by(DeviceKey.p256())
                .subject("CN=sensor-17")
                .claiming(DeviceKey.p256().publicKey())
                .octets();

        refused(ask("holder", CmcMessage.by(sensor).pkcs10(7, stolen)), 400, 9); // popFailed
        refused(ask("holder", CmcMessage.by(sensor).crmfRaVerified(7, "CN=sensor-17", keys())), 400, 8); // popRequired
    }

    @Test
    void refusesALinkToASessionThatIsNotThisOne() throws IOException {
        byte[] csr = Csrs.by(DeviceKey.p256())
                .subject("CN=sensor-17")
                .attribute("1.2.840.113549.1.9.7", "secret")
                .octets();

        Heard heard = ask("holder", CmcMessage.by(sensor).pkcs10(7, csr));

        refused(heard, 400, 9);
        assertThat(heard.header("Connection", "")).isEqualTo("close");
        assertThat(ask("holder", request()).header("Connection", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA!", "", "x"})
    void answersGarbageInOneLineOfText(String body) throws IOException {
        Heard heard = post(path("holder"), CMC, body);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(heard.text().lines()).hasSize(1);
    }

    @Test
    void refusesABarePkcs10() throws IOException {
        Heard heard = post(path("holder"), CMC, base64(csr("sensor-17", keys())));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(devices()).hasSize(1);
    }

    @Test
    void certifiesADeviceOnTheWordOfAnAuthority() throws IOException {
        Party gateway = enrolled("gateway-1", REGISTRAR);
        KeyPair keys = keys();

        CmcAnswer answer = CmcAnswer.of(ask("ra", CmcMessage.by(gateway).pkcs10(7, csr("sensor-18", keys))));

        assertThat(issued(answer, keys).getSubject()).hasToString("CN=sensor-18");
        assertThat(ca.store.audit().events().getLast().facts().get("credential"))
                .isEqualTo("registrar:" + gateway.certificate().fingerprint());
    }

    @Test
    void takesNoAuthorityWhereTheLabelDoesNot() throws IOException {
        Party gateway = enrolled("gateway-1", REGISTRAR);

        refused(ask("holder", CmcMessage.by(gateway).pkcs10(7, csr("sensor-18", keys()))), 403, 7);
    }

    @Test
    void takesNobodyForAnAuthorityWithoutTheCertificateOfOne() throws IOException {
        refused(ask("ra", CmcMessage.by(sensor).pkcs10(7, csr("sensor-18", keys()))), 403, 7);
    }

    @Test
    void takesNoAuthorityThatAnotherCaMadeOne() throws IOException {
        Party foreign = Recipe.leaf("CN=gateway-1")
                .purpose(KeyPurposeId.getInstance(CMC_RA))
                .by(Recipe.ca("CN=Elsewhere").selfSigned());

        refused(ask("ra", CmcMessage.by(foreign).pkcs10(7, csr("sensor-18", keys()))), 403, 7);
    }

    @Test
    void takesNoAuthorityAnyLongerWhoseCertificateIsRevokedOrOver() throws IOException {
        Party revoked = enrolled("gateway-1", REGISTRAR);
        Party over = enrolled("gateway-2", REGISTRAR);
        CmcAnswer.of(ask("ra", revocation(revoked, revoked)));

        refused(ask("ra", CmcMessage.by(revoked).pkcs10(7, csr("sensor-18", keys()))), 403, 7);

        ca.clock.advance(Duration.between(
                ca.clock.instant(),
                over.certificate().parsed().getNotAfter().toInstant().plusSeconds(1)));
        refused(ask("ra", CmcMessage.by(over).pkcs10(7, csr("sensor-18", keys()))), 403, 7);
        assertThat(devices()).hasSize(3);
    }

    @Test
    void believesNoAuthorityThatVouchesForPossession() throws IOException {
        Party gateway = enrolled("gateway-1", REGISTRAR);
        byte[] stolen = Csrs.by(DeviceKey.p256())
                .subject("CN=sensor-18")
                .claiming(DeviceKey.p256().publicKey())
                .octets();

        refused(ask("ra", CmcMessage.by(gateway).crmfRaVerified(7, "CN=sensor-18", keys())), 400, 8); // popRequired
        refused(ask("ra", CmcMessage.by(gateway).pkcs10(7, stolen)), 400, 9); // popFailed
        KeyPair keys = keys();
        assertThat(issued(CmcAnswer.of(ask("ra", CmcMessage.by(gateway).crmf(7, "CN=sensor-18", keys))), keys)
                        .getSubject())
                .hasToString("CN=sensor-18");
    }

    @Test
    void certifiesNoDeviceThatIsNotRegistered() throws IOException {
        Party gateway = enrolled("gateway-1", REGISTRAR);

        refused(ask("ra", CmcMessage.by(gateway).pkcs10(7, csr("nobody", keys()))), 403, 7);
        refused(ask("ra", CmcMessage.by(gateway).pkcs10(7, csr("no body", keys()))), 400, 2);
    }

    @Test
    void believesNoMessageInTheSessionOfAnother() throws IOException {
        Party other = enrolled("sensor-18", SampleProfiles.LDEVID);
        try (RawClient own = client(sensor);
                RawClient others = client(other)) {
            String body = request().base64();

            assertThat(own.say(EstDoor.request("POST", path("holder"), CMC, body))
                            .hear()
                            .status())
                    .isEqualTo(200);
            refused(
                    others.say(EstDoor.request("POST", path("holder"), CMC, body))
                            .hear(),
                    403,
                    7);
        }
    }

    @Test
    void revokesTheHoldersOwnCertificateAndNoOther() throws IOException {
        Party other = enrolled("sensor-18", SampleProfiles.LDEVID);

        refused(ask("holder", revocation(sensor, other)), 404, 4); // badCertId
        CmcAnswer done = CmcAnswer.of(ask("holder", revocation(sensor, sensor)));

        assertThat(done.statusNumber()).isEqualTo(SUCCESS);
        assertThat(standing(sensor)).isTrue();
        assertThat(standing(other)).isFalse();
        refused(ask("holder", request()), 403, 7);
    }

    @Test
    void revokesForAnAuthorityAndTwiceWithoutHarm() throws IOException {
        Party gateway = enrolled("gateway-1", REGISTRAR);

        for (int time = 0; time < 2; time++) {
            assertThat(CmcAnswer.of(ask("ra", revocation(gateway, sensor))).statusNumber())
                    .isEqualTo(SUCCESS);
        }
        assertThat(standing(sensor)).isTrue();
    }

    @Test
    void revokesNothingForAReasonThatIsNone() throws IOException {
        X509CertificateHolder own = sensor.certificate().parsed();

        refused(ask("holder", CmcMessage.by(sensor).revoke(5, own.getIssuer(), own.getSerialNumber(), 7)), 400, 2);
        assertThat(standing(sensor)).isFalse();
    }

    private CmcMessage request() {
        return CmcMessage.by(sensor).pkcs10(7, csr("sensor-17", keys()));
    }

    private static CmcMessage revocation(Party signer, Party whose) {
        X509CertificateHolder certificate = whose.certificate().parsed();
        return CmcMessage.by(signer).revoke(5, certificate.getIssuer(), certificate.getSerialNumber(), 1);
    }

    private Heard ask(String label, CmcMessage message) throws IOException {
        return post(path(label), CMC, message.base64());
    }

    private Heard post(String path, String headers, String body) throws IOException {
        try (RawClient client = RawClient.tls(pki.client(), door.port())) {
            return client.say(EstDoor.request("POST", path, headers, body)).hear();
        }
    }

    private RawClient client(Party party) throws IOException {
        return RawClient.tls(pki.client(new TestPki.Identity(party.keys(), party.certificate())), door.port());
    }

    private static CmcAnswer refused(Heard heard, int status, long failure) throws IOException {
        CmcAnswer answer = CmcAnswer.of(heard);
        assertThat(heard.status())
                .as(answer.status().getStatusStringUTF8().getString())
                .isEqualTo(status);
        assertThat(answer.statusNumber()).isEqualTo(FAILED);
        assertThat(answer.failure()).isEqualTo(failure);
        return answer;
    }

    private static String path(String label) {
        return "/.well-known/est/" + label + "/fullcmc";
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    private static byte[] csr(String name, KeyPair keys) {
        return CsrBuilder.forKey(keys)
                .subject(new X500Name("CN=" + name))
                .build()
                .der();
    }

    private static X509CertificateHolder issued(CmcAnswer answer, KeyPair keys) throws IOException {
        byte[] key = keys.getPublic().getEncoded();
        for (X509CertificateHolder certificate : answer.certificates()) {
            if (java.util.Arrays.equals(certificate.getSubjectPublicKeyInfo().getEncoded(), key)) {
                return certificate;
            }
        }
        throw new AssertionError("the answer has no certificate for the key");
    }

    /** The certificates of devices issued so far. */
    private List<AuditEvent> devices() {
        return ca.store.audit().events().stream()
                .filter(event -> event.action().equals("certificate.issued"))
                .toList();
    }

    private boolean standing(Party party) {
        return ca.store
                .known()
                .find(party.certificate())
                .orElseThrow()
                .revokedAt()
                .isPresent();
    }

    private Party enrolled(String device, ProfileName profile) {
        KeyPair keys = keys();
        var csr = dev.nameplate.ca.edge.http.Requests.csr(dev.nameplate.est.Pkcs10.parse(csr(device, keys)));
        return new Party(
                keys,
                TestCa.issued(ca.enrollment.enroll(ca.withCode(device), TestCa.label(profile), csr, TestCa.REQUEST))
                        .certificate());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static int indexOf(byte[] der, String text) {
        return new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private Map<LabelName, ServedLabel> labels() {
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

    private static ServedLabel waiting() {
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

    private static ServedLabel label(String name, Set<CmcSigner> cmc) {
        return new ServedLabel(
                new EnrolmentLabel(new LabelName(name), SampleProfiles.LDEVID, Set.of(Way.CERTIFICATE), List.of()),
                SampleProfiles.DEVICES,
                AnswerLayout.AS_ASKED,
                new ServedLabel.Options(AttributesForm.NONE, false, cmc));
    }

    private EstFeatures features() {
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

    private MessageSigner signer() {
        return new MessageSigner(
                List.of(answering.certificate().parsed(), pki.root().parsed()),
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                message -> new Party(answering.key(), answering.certificate()).sign(message));
    }

    private static Profiles profiles() {
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
