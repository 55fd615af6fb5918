package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.PendInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST fullcmc on the wire, with a whole CA behind it. */
final class FullCmcIT extends CmcConversation {
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
}
