package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/** What registration authorities may say in full CMC, and revocation by it (RFC 5272, 6.11; RFC 6402, 2.10). */
final class CmcAuthorityIT extends CmcConversation {
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
}
