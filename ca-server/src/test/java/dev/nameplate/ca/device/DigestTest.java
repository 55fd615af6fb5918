package dev.nameplate.ca.device;

import static dev.nameplate.ca.device.Purpose.ENROL;
import static dev.nameplate.ca.device.Purpose.REENROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.SessionBinding;
import dev.nameplate.ca.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final Refusal UNKNOWN = new Refusal.NotAuthenticated();
    private static final Refusal STALE = new Refusal.NonceStale();
    private static final String URI = "/.well-known/est/simpleenroll";

    private final Door door = new Door();
    private final EnrolmentLabel label = Door.label(Way.DIGEST);
    private final CodeCreation.Created code = door.code();
    private final String nonce = door.nonces.next(label.name());

    @Test
    void identifiesADeviceThatKnowsItsCode() {
        AuthenticatedDevice device = door.identified(with(answer(nonce, "00000001", code.text())), label, ENROL);

        assertThat(device.device().id()).isEqualTo(Door.SENSOR);
        assertThat(device.credential())
                .isEqualTo(new Credential.Code(code.code().id()));
    }

    @Test
    void refusesTheSameAnswerASecondTime() {
        DigestAnswer answer = answer(nonce, "00000001", code.text());
        door.identified(with(answer), label, ENROL);

        assertThat(door.refused(with(answer), label, ENROL)).isEqualTo(STALE);
    }

    @Test
    void takesANonceAgainOnlyWithAHigherCount() {
        door.identified(with(answer(nonce, "00000005", code.text())), label, ENROL);

        assertThat(door.refused(with(answer(nonce, "00000004", code.text())), label, ENROL))
                .isEqualTo(STALE);
        door.identified(with(answer(nonce, "00000006", code.text())), label, ENROL);
    }

    @Test
    void takesNoNonceThatItDidNotMakeOrMadeForAnotherLabelOrTooLongAgo() {
        String others = new Nonces(door.clock, new java.security.SecureRandom()).next(label.name());
        String elsewhere = door.nonces.next(new LabelName("elsewhere"));

        for (String wrong : List.of("", "x", "dcd98b7102dd2f0e8b11d0f600bfb0c0", others, elsewhere, nonce + "A")) {
            assertThat(door.refused(with(answer(wrong, "00000001", code.text())), label, ENROL))
                    .as(wrong)
                    .isEqualTo(STALE);
        }
        door.clock.advance(Duration.ofMinutes(5));
        assertThat(door.refused(with(answer(nonce, "00000001", code.text())), label, ENROL))
                .isEqualTo(STALE);
    }

    @Test
    void saysTheSameOfEverythingThatIsWrong() {
        DigestAnswer right = answer(nonce, "00000001", code.text());
        DigestAnswer otherUri = new DigestAnswer(
                right.user(),
                right.realm(),
                right.nonce(),
                new DigestAnswer.Target("POST", URI, "/.well-known/est/elsewhere/simpleenroll"),
                right.response());
        DigestAnswer otherMethod = new DigestAnswer(
                right.user(), right.realm(), right.nonce(), new DigestAnswer.Target("GET", URI, URI), right.response());
        DigestAnswer otherUser =
                new DigestAnswer("sensor-18", right.realm(), right.nonce(), right.request(), right.response());
        DigestAnswer otherRealm =
                new DigestAnswer(right.user(), "another", right.nonce(), right.request(), right.response());
        DigestAnswer otherCount = new DigestAnswer(
                right.user(),
                right.realm(),
                new DigestAnswer.Nonce(nonce, "00000002", "client"),
                right.request(),
                right.response());
        DigestAnswer wrongCode = answer(nonce, "00000001", Secret.of("00000-00000-00000-00000-00000"));

        for (DigestAnswer wrong : List.of(otherUri, otherMethod, otherUser, otherRealm, otherCount, wrongCode)) {
            assertThat(door.refused(with(wrong), label, ENROL)).isEqualTo(UNKNOWN);
        }
        door.identified(with(right), label, ENROL);
    }

    @Test
    void isSlowedLikeAnyGuessing() {
        for (int i = 1; i <= 10; i++) {
            door.refused(with(answer(nonce, "0000000" + Integer.toHexString(i), Secret.of("wrong"))), label, ENROL);
        }

        assertThat(door.refused(with(answer(nonce, "000000ff", code.text())), label, ENROL))
                .isInstanceOf(Refusal.QuotaSpent.class);
    }

    @Test
    void isTakenOnlyWhereTheLabelSaysSo() {
        assertThat(door.refused(with(answer(nonce, "00000001", code.text())), Door.label(Way.CODE), ENROL))
                .isEqualTo(UNKNOWN);
        assertThat(door.refused(Door.with("sensor-17", code.text()), label, ENROL))
                .isEqualTo(UNKNOWN);
        assertThat(door.refused(with(answer(nonce, "00000001", code.text())), label, REENROL))
                .isInstanceOf(Refusal.NothingToRenew.class);
    }

    @Test
    void doesNotTakeACancelledCode() {
        door.codes.cancel(code.code().id(), Cause.SYSTEM);

        assertThat(door.refused(with(answer(nonce, "00000001", code.text())), label, ENROL))
                .isInstanceOf(Refusal.CodeCancelled.class);
    }

    @Test
    void keepsNothingForDigestWhereNoLabelTakesIt() {
        var codes = new Codes(
                door.store.codes(),
                door.store.devices(),
                Codes.Labels.of(java.util.Set.of(label.name())),
                CodeSettings.defaults(),
                door.clock,
                new java.security.SecureRandom());
        var wish = new CodeRequest(Door.SENSOR, Optional.empty(), Optional.empty());

        assertThat(((CodeCreation.Created) codes.create(wish, Cause.SYSTEM))
                        .code()
                        .hash()
                        .digest())
                .isEmpty();
        assertThat(code.code().hash().digest()).isPresent();
    }

    private static PresentedIdentity with(DigestAnswer answer) {
        return new PresentedIdentity(
                List.of(),
                Optional.empty(),
                Optional.of(answer),
                "192.0.2.1",
                new RequestId("0123456789abcdef"),
                new SessionBinding.Unknown("there is no TLS here"));
    }

    /** As RFC 7616, 3.4.1 has it. */
    private static DigestAnswer answer(String nonce, String count, Secret code) {
        String secret = hash("sensor-17:Nameplate: device id and one-time code:" + new String(code.chars()));
        String response = hash(secret + ":" + nonce + ":" + count + ":client:auth:" + hash("POST:" + URI));
        return new DigestAnswer(
                "sensor-17",
                "Nameplate: device id and one-time code",
                new DigestAnswer.Nonce(nonce, count, "client"),
                new DigestAnswer.Target("POST", URI, URI),
                HexFormat.of().parseHex(response));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
