package dev.nameplate.ca.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditVerifierTest {
    private final Trail trail = Trail.of(12, 4);

    @Test
    void findsNothingWrongWithAGoodTrail() {
        assertThat(trail.verify())
                .isEqualTo(new AuditVerdict.Intact(12, 12, trail.seals.getLast().at()));
    }

    @Test
    void readsPageAfterPage() {
        Trail longTrail = Trail.of(520, 1);

        assertThat(longTrail.verify())
                .isInstanceOfSatisfying(
                        AuditVerdict.Intact.class,
                        it -> assertThat(it.entries()).isEqualTo(520));
        longTrail.alter(510, withSubject("device:other"));
        assertThat(longTrail.verify()).isEqualTo(new AuditVerdict.Broken(510, AuditFault.ALTERED));
    }

    @Test
    void saysHowFarTheSealsReach() {
        trail.write("device.registered", Map.of());

        assertThat(trail.verify()).isInstanceOfSatisfying(AuditVerdict.Intact.class, it -> {
            assertThat(it.entries()).isEqualTo(13);
            assertThat(it.sealedThrough()).isEqualTo(12);
        });
    }

    @Test
    void doesNotCallATrailWithoutSealsIntact() {
        trail.seals.clear();

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Unsealed(12));
    }

    static List<UnaryOperator<AuditEvent>> changesOfOneField() {
        return List.of(
                e -> new AuditEvent(e.at().plusMillis(1), e.action(), e.actor(), e.subject(), e.request(), e.facts()),
                e -> new AuditEvent(e.at(), "device.held", e.actor(), e.subject(), e.request(), e.facts()),
                e -> new AuditEvent(e.at(), e.action(), new Actor("operator:x"), e.subject(), e.request(), e.facts()),
                withSubject("device:sensor-18"),
                e -> new AuditEvent(e.at(), e.action(), e.actor(), e.subject(), Optional.empty(), e.facts()),
                e -> new AuditEvent(
                        e.at(),
                        e.action(),
                        e.actor(),
                        e.subject(),
                        Optional.of(new RequestId("1123456789abcdef")),
                        e.facts()),
                e -> new AuditEvent(e.at(), e.action(), e.actor(), e.subject(), e.request(), Map.of("n", "x")),
                e -> new AuditEvent(e.at(), e.action(), e.actor(), e.subject(), e.request(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("changesOfOneField")
    void findsEachAlteredField(UnaryOperator<AuditEvent> change) {
        trail.alter(7, change);

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(7, AuditFault.ALTERED));
    }

    @Test
    void findsARewrittenPastByTheNextSeal() {
        trail.rewrite(6, withSubject("device:other"));

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(8, AuditFault.SEAL_DIFFERS));
    }

    @Test
    void findsAMissingEntry() {
        trail.entries.remove(5);

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(6, AuditFault.NUMBER));
    }

    @Test
    void findsAnInsertedEntry() {
        trail.entries.add(5, trail.entries.get(4));

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(6, AuditFault.NUMBER));
    }

    @Test
    void findsEntriesInAnotherOrder() {
        Collections.swap(trail.entries, 4, 5);

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(5, AuditFault.NUMBER));
    }

    @Test
    void findsAWrongPreviousHash() {
        AuditEntry old = trail.entries.get(4);
        trail.entries.set(4, new AuditEntry(5, old.event(), Sha256.of(), old.hash()));

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(5, AuditFault.PREVIOUS));
    }

    @Test
    void findsACutTailByTheSealsBeyondIt() {
        trail.entries.subList(9, 12).clear();

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(10, AuditFault.TRUNCATED));
    }

    @Test
    void findsThatEverythingIsGone() {
        trail.entries.clear();

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(1, AuditFault.TRUNCATED));
    }

    @Test
    void findsASealMovedToAnotherEntry() {
        AuditSeal old = trail.seals.get(1);
        trail.seals.set(1, new AuditSeal(7, trail.entries.get(6).hash(), old.at(), old.signer(), old.signature()));

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(7, AuditFault.SEAL_SIGNATURE));
    }

    @Test
    void findsASealWithAnotherTime() {
        AuditSeal old = trail.seals.get(1);
        trail.seals.set(1, new AuditSeal(8, old.hash(), old.at().plusSeconds(1), old.signer(), old.signature()));

        assertThat(trail.verify()).isEqualTo(new AuditVerdict.Broken(8, AuditFault.SEAL_SIGNATURE));
    }

    @Test
    void takesNoSealByADevicesCertificateOfTheSameCa() {
        Party device = Recipe.leaf("CN=sensor-17").by(trail.issuer);

        assertThat(verifiedWithSealBy(device)).isEqualTo(new AuditVerdict.Broken(8, AuditFault.SEAL_SIGNER));
    }

    @Test
    void takesNoSealByAnAuditCertificateOfAnotherCa() {
        Party stranger = Recipe.leaf("CN=audit")
                .purpose(AuditCertificates.PURPOSE)
                .by(Recipe.ca("CN=issuer").selfSigned());

        assertThat(verifiedWithSealBy(stranger)).isEqualTo(new AuditVerdict.Broken(8, AuditFault.SEAL_SIGNER));
    }

    @Test
    void takesNoSealFromBeforeTheCertificateWasValid() {
        Party later = Recipe.leaf("CN=audit")
                .purpose(AuditCertificates.PURPOSE)
                .from(trail.clock.instant().plusSeconds(3600))
                .by(trail.issuer);

        assertThat(verifiedWithSealBy(later)).isEqualTo(new AuditVerdict.Broken(8, AuditFault.SEAL_SIGNER));
    }

    private AuditVerdict verifiedWithSealBy(Party signer) {
        AuditSeal old = trail.seals.get(1);
        byte[] signature = signer.sign(SealedMessage.of(old).octets());
        trail.seals.set(
                1, new AuditSeal(8, old.hash(), old.at(), signer.certificate().fingerprint(), signature));
        var certificates = new AuditCertificates(List.of(
                trail.auditor.certificate(),
                trail.issuer.certificate(),
                trail.root.certificate(),
                signer.certificate()));
        return new AuditVerifier(trail, () -> certificates).verify();
    }

    private static UnaryOperator<AuditEvent> withSubject(String subject) {
        return e -> new AuditEvent(e.at(), e.action(), e.actor(), subject, e.request(), e.facts());
    }
}
