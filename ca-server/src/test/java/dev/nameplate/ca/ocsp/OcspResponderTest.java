package dev.nameplate.ca.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.testkit.FlakyKey.Mood;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.hsm.VaultUnavailableException;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspResponderTest {
    private final OcspRig rig = new OcspRig();
    private final CertificateDer issuer = rig.issuer(OcspRig.DEVICES);
    private final IssuedCertificate sensor = rig.enrolled("sensor-1");
    private final Asked asked = Asked.about(issuer, sensor.certificate());

    private static byte[] said(OcspAnswer answer) {
        return switch (answer) {
            case OcspAnswer.Said(var signed) -> octets(signed);
            case OcspAnswer.Denied(var error) -> throw new AssertionError("denied: " + error);
        };
    }

    private static byte[] octets(SignedAnswer answer) {
        byte[] octets = new byte[answer.length()];
        answer.octets().get(octets);
        return octets;
    }

    private SingleResp single(Asked question) {
        return question.first(said(rig.ask(question.octets())), issuer);
    }

    @Test
    void saysThatACertificateIsGood() {
        BasicOCSPResp heard = asked.heard(said(rig.ask(asked.octets())), issuer);

        SingleResp single = heard.getResponses()[0];
        assertThat(single.getCertStatus()).isNull();
        assertThat(single.getThisUpdate()).isEqualTo(Date.from(rig.ca.clock.instant()));
        assertThat(single.getNextUpdate())
                .isEqualTo(Date.from(rig.ca.clock.instant().plus(Duration.ofHours(12))));
        assertThat(heard.getProducedAt()).isEqualTo(single.getThisUpdate());
        assertThat(heard.hasExtensions()).isFalse();
        assertThat(heard.getResponderId().toASN1Primitive().getKeyHash())
                .as("by key (RFC 9919, 3.2.2)")
                .hasSize(20);
        assertThat(heard.getCerts()[0].getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck))
                .isNotNull();
    }

    @Test
    void writesItsTimesInWholeSecondsWhateverTheClockSays() {
        rig.ca.clock.advance(Duration.ofMillis(250));

        BasicOCSPResp heard = asked.heard(said(rig.ask(asked.octets())), issuer);

        SingleResp single = heard.getResponses()[0];
        assertThat(Stream.of(single.getThisUpdate(), single.getNextUpdate(), heard.getProducedAt())
                        .map(Date::toInstant))
                .allMatch(time -> time.truncatedTo(ChronoUnit.SECONDS).equals(time));
    }

    @Test
    void answersForBothHashes() {
        for (ASN1ObjectIdentifier hash : List.of(Asked.SHA1, Asked.SHA256)) {
            assertThat(single(Asked.about(hash, issuer, sensor.serial().value()))
                            .getCertStatus())
                    .isNull();
        }
    }

    @Test
    void saysRevokedWithTimeAndReasonOnTheVeryNextRequest() {
        assertThat(single(asked).getCertStatus()).isNull();

        rig.revoke(sensor);

        var status = (RevokedStatus) single(asked).getCertStatus();
        assertThat(status.getRevocationTime()).isEqualTo(Date.from(rig.ca.clock.instant()));
        assertThat(status.getRevocationReason()).isEqualTo(CRLReason.keyCompromise);
    }

    @Test
    void saysOfAHeldCertificateThatItIsOnHoldUntilItIsReleased() {
        single(asked);
        rig.hold(sensor);
        assertThat(((RevokedStatus) single(asked).getCertStatus()).getRevocationReason())
                .isEqualTo(CRLReason.certificateHold);

        rig.release(sensor);

        assertThat(single(asked).getCertStatus()).isNull();
    }

    @Test
    void knowsNothingOfASerialThatThisIssuerNeverIssued() {
        assertThat(single(Asked.about(Asked.SHA256, issuer, BigInteger.valueOf(4711)))
                        .getCertStatus())
                .isInstanceOf(UnknownStatus.class);
        assertThat(single(Asked.about(Asked.SHA1, issuer, BigInteger.valueOf(-1)))
                        .getCertStatus())
                .isInstanceOf(UnknownStatus.class);
        Asked wrongIssuer = Asked.about(
                Asked.SHA1, rig.issuer(OcspRig.ROOT), sensor.serial().value());
        assertThat(wrongIssuer.status(said(rig.ask(wrongIssuer.octets())), rig.issuer(OcspRig.ROOT)))
                .isInstanceOf(UnknownStatus.class);
    }

    @Test
    void speaksForTheRootOfTheIssuersBelowIt() {
        CertificateDer root = rig.issuer(OcspRig.ROOT);
        Asked ofTheIssuer = Asked.about(root, issuer);

        assertThat(ofTheIssuer.status(said(rig.ask(ofTheIssuer.octets())), root))
                .isNull();
    }

    @Test
    void doesNotSpeakForOthersNorForTwoAtOnce() {
        CertificateDer foreign = Recipe.ca("CN=Elsewhere").selfSigned().certificate();

        assertThat(rig.ask(Asked.about(Asked.SHA1, foreign, BigInteger.ONE).octets()))
                .isEqualTo(new OcspAnswer.Denied(OcspError.UNAUTHORIZED));
        assertThat(rig.ask(asked.and(Asked.SHA1, rig.issuer(OcspRig.ROOT), BigInteger.ONE)
                        .octets()))
                .isEqualTo(new OcspAnswer.Denied(OcspError.UNAUTHORIZED));
    }

    @Test
    void answersForSeveralCertificatesAtOnceAndNotFromBeforeAChange() {
        IssuedCertificate other = rig.enrolled("sensor-2");
        Asked both = asked.and(Asked.SHA1, issuer, other.serial().value());
        assertThat(both.heard(said(rig.ask(both.octets())), issuer).getResponses())
                .allSatisfy(single -> assertThat(single.getCertStatus()).isNull());

        rig.revoke(other);

        SingleResp[] after = both.heard(said(rig.ask(both.octets())), issuer).getResponses();
        assertThat(after[0].getCertStatus()).isNull();
        assertThat(after[1].getCertStatus()).isInstanceOf(RevokedStatus.class);
    }

    @Test
    void signsOnceForAllWhoAskTheSame() {
        byte[] first = said(rig.ask(asked.octets()));
        int signatures = rig.ca.vault.signatures();
        int looks = rig.looks.get();

        rig.ca.clock.advance(Duration.ofHours(2));
        assertThat(said(rig.ask(asked.octets()))).isEqualTo(first);

        assertThat(rig.ca.vault.signatures()).isEqualTo(signatures);
        assertThat(rig.looks).hasValue(looks);
        assertThat(rig.responder.keptAnswers()).isEqualTo(1);
    }

    @Test
    void keepsNothingAboutWhatWasNeverIssued() {
        for (int i = 1; i <= 50; i++) {
            single(Asked.about(Asked.SHA256, issuer, BigInteger.valueOf(i)));
        }

        assertThat(rig.responder.keptAnswers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 128})
    void repeatsANonceInAnAnswerOfItsOwn(int length) throws IOException {
        single(asked);
        int looks = rig.looks.get();
        Asked withNonce = Asked.about(issuer, sensor.certificate()).nonce(length);

        OcspAnswer answer = rig.ask(withNonce.octets());

        BasicOCSPResp heard = withNonce.heard(said(answer), issuer);
        assertThat(heard.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                        .getExtnValue()
                        .getOctets())
                .containsExactly(new DEROctetString(new byte[length]).getEncoded());
        assertThat(((OcspAnswer.Said) answer).answer().use()).isEqualTo(SignedAnswer.Use.ONE);
        assertThat(rig.looks).as("it is known where the certificate stands").hasValue(looks);
    }

    @Test
    void leavesTheNonceOutWhenTooManyWantOne() {
        OcspRig busy = new OcspRig(OcspRig.settings(100, 1));
        IssuedCertificate one = busy.enrolled("sensor-1");
        CertificateDer by = busy.issuer(OcspRig.DEVICES);
        Asked withNonce = Asked.about(by, one.certificate()).nonce(16);
        busy.ask(withNonce.octets());

        BasicOCSPResp heard = withNonce.heard(said(busy.ask(withNonce.octets())), by);

        assertThat(heard.hasExtensions()).isFalse();
        assertThat(busy.ask(Asked.about(Asked.SHA1, by, BigInteger.TEN).octets()))
                .isEqualTo(new OcspAnswer.Denied(OcspError.TRY_LATER));
    }

    @Test
    void signsAgainInTimeWhatIsAskedFor() {
        byte[] first = said(rig.ask(asked.octets()));
        rig.ca.clock.advance(Duration.ofHours(7));

        assertThat(said(rig.ask(asked.octets()))).as("nobody waits for it").isEqualTo(first);

        byte[] second = said(rig.ask(asked.octets()));
        assertThat(asked.first(second, issuer).getThisUpdate()).isEqualTo(Date.from(rig.ca.clock.instant()));
    }

    @Test
    void saysNothingOfTheFutureOnceTheClockWasSetBack() {
        said(rig.ask(asked.octets()));
        rig.ca.clock.advance(Duration.ofHours(-1));

        byte[] after = said(rig.ask(asked.octets()));

        Instant now = rig.ca.clock.instant();
        assertThat(asked.first(after, issuer).getThisUpdate()).isEqualTo(Date.from(now));
        rig.revoke(sensor);
        assertThat(asked.first(said(rig.ask(asked.octets())), issuer).getCertStatus())
                .isInstanceOf(RevokedStatus.class);
    }

    @Test
    void servesOnWhatIsFreshWhileTheTokenOrTheDatabaseIsAway() {
        byte[] first = said(rig.ask(asked.octets()));
        rig.ca.vault.be(Mood.AWAY);
        rig.databaseAway = true;
        rig.ca.clock.advance(Duration.ofHours(11));
        assertThat(said(rig.ask(asked.octets()))).isEqualTo(first);
        assertThat(said(rig.ask(asked.octets()))).isEqualTo(first);

        rig.ca.clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> rig.ask(asked.octets())).isInstanceOf(LedgerUnavailableException.class);
        rig.databaseAway = false;
        assertThatThrownBy(() -> rig.ask(asked.octets())).isInstanceOf(VaultUnavailableException.class);

        rig.ca.vault.be(Mood.GOOD);
        assertThat(single(asked).getCertStatus()).isNull();
    }

    @Test
    void sendsNothingThatTheTokenSignedWrongly() {
        rig.ca.vault.be(Mood.SIGNS_SOMETHING_ELSE);

        assertThatThrownBy(() -> rig.ask(asked.octets())).hasMessageContaining("wrong signature");
    }

    @Test
    void looksAgainBeforeItGivesAnythingAwayOnceItHasLostTouch() {
        byte[] first = said(rig.ask(asked.octets()));
        rig.current = false;
        int signatures = rig.ca.vault.signatures();
        int looks = rig.looks.get();

        assertThat(said(rig.ask(asked.octets()))).isEqualTo(first);
        assertThat(rig.looks.get()).isGreaterThan(looks);
        assertThat(rig.ca.vault.signatures()).isEqualTo(signatures);

        revokedElsewhere(sensor);
        assertThat(single(asked).getCertStatus()).isInstanceOf(RevokedStatus.class);
        rig.databaseAway = true;
        assertThatThrownBy(() -> rig.ask(asked.octets())).isInstanceOf(LedgerUnavailableException.class);
    }

    @Test
    void answersNobodyForAGenerationWithoutAResponder() {
        rig.scopes.set(List.of(new Scope(OcspRig.DEVICES, issuer, Optional.empty())));

        assertThat(rig.ask(asked.octets())).isEqualTo(new OcspAnswer.Denied(OcspError.TRY_LATER));
    }

    @Test
    void saysNothingForLongerThanItsCertificateLasts() {
        CertificateDer responder =
                rig.scopes.all().getFirst().responder().orElseThrow().certificate();
        rig.ca.clock.set(responder.parsed().getNotAfter().toInstant().minus(Duration.ofHours(1)));

        assertThat(single(asked).getNextUpdate()).isEqualTo(responder.parsed().getNotAfter());

        rig.ca.clock.advance(Duration.ofHours(1));
        assertThat(rig.ask(asked.octets())).isEqualTo(new OcspAnswer.Denied(OcspError.TRY_LATER));
    }

    /** The look-up said good; then it is revoked, and whoever wanted that is told, while the answer is being signed. */
    @Test
    void doesNotSayGoodAfterARevocationThatOvertookItsSignature() {
        AtomicInteger turns = new AtomicInteger();
        rig.beforeSigning = () -> {
            if (turns.getAndIncrement() == 0) {
                rig.revoke(sensor);
            }
        };

        assertThat(single(asked).getCertStatus()).isInstanceOf(RevokedStatus.class);
        assertThat(single(asked).getCertStatus()).isInstanceOf(RevokedStatus.class);
        assertThat(turns).hasValue(2);
    }

    @Test
    void doesNotSayGoodWithANonceAfterARevocationThatOvertookItsSignature() {
        Asked withNonce = Asked.about(issuer, sensor.certificate()).nonce(8);
        AtomicInteger turns = new AtomicInteger();
        rig.beforeSigning = () -> {
            if (turns.getAndIncrement() == 0) {
                rig.revoke(sensor);
            }
        };

        assertThat(withNonce.status(said(rig.ask(withNonce.octets())), issuer)).isInstanceOf(RevokedStatus.class);
    }

    @Test
    void doesNotRenewWhatARevocationDroppedMeanwhile() {
        said(rig.ask(asked.octets()));
        rig.ca.clock.advance(Duration.ofHours(7));
        AtomicInteger turns = new AtomicInteger();
        rig.beforeSigning = () -> {
            if (turns.getAndIncrement() == 0) {
                rig.revoke(sensor);
            }
        };
        rig.ask(asked.octets());

        assertThat(single(asked).getCertStatus()).isInstanceOf(RevokedStatus.class);
    }

    @Test
    void manyWhoAskAtOnceWaitForOneSignature() throws Exception {
        int before = rig.ca.vault.signatures();
        CountDownLatch asking = new CountDownLatch(1);
        rig.afterLooking = () -> await(asking);
        List<Future<byte[]>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> said(rig.ask(asked.octets()))));
            }
            asking.countDown();
        }

        for (Future<byte[]> answer : answers) {
            assertThat(answer.get()).isEqualTo(answers.getFirst().get());
        }
        assertThat(rig.ca.vault.signatures()).isEqualTo(before + 1);
        assertThat(rig.looks).hasValue(1);
    }

    /** Certificates that are asked for all the time, by those who get kept answers and those who send nonces. */
    @Test
    void neverSaysGoodToWhoAsksAfterARevocationReturned() throws Exception {
        List<IssuedCertificate> fleet = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            fleet.add(rig.enrolled("gateway-" + i));
        }
        AtomicInteger revoked = new AtomicInteger();
        List<Future<Integer>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                boolean nonces = i % 2 == 0;
                clients.add(threads.submit(() -> askUntilAllAreRevoked(fleet, revoked, nonces)));
            }
            for (IssuedCertificate one : fleet) {
                single(Asked.about(issuer, one.certificate()));
                rig.revoke(one);
                revoked.incrementAndGet();
            }
        }
        for (Future<Integer> client : clients) {
            assertThat(client.get()).as("answers that were wrong").isZero();
        }
    }

    private int askUntilAllAreRevoked(List<IssuedCertificate> fleet, AtomicInteger revoked, boolean nonces) {
        int wrong = 0;
        int done = 0;
        while (done < fleet.size()) {
            done = revoked.get();
            for (int i = Math.max(0, done - 2); i < Math.min(fleet.size(), done + 2); i++) {
                Asked one = Asked.about(issuer, fleet.get(i).certificate());
                Asked question = nonces ? one.nonce(8) : one;
                boolean good = question.status(said(rig.ask(question.octets())), issuer) == null;
                wrong += good && i < done ? 1 : 0;
            }
        }
        return wrong;
    }

    /** By another process, of which this one has not heard. */
    private void revokedElsewhere(IssuedCertificate issued) {
        new Revocations(rig.ca.store.revocations(), rig.ca.store.feed(), rig.ca.clock)
                .revoke(issued.issuer(), issued.serial(), RevocationReason.SUPERSEDED, Optional.empty(), Cause.SYSTEM);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
