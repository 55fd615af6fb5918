package dev.nameplate.ca.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    private static final OperatorName ADMIN = new OperatorName("admin");
    private static final OperatorName ROOKIE = new OperatorName("rookie");
    private static final IssuerGeneration GENERATION = new IssuerGeneration(new IssuerName("services"), 1);

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final Instant now = clock.instant();
    private final Operators operators = new Operators(store.operators(), store.known(), clock);
    private final Party issuer = Recipe.ca("CN=services").selfSigned();
    private final Recipe recipe = Recipe.leaf("CN=admin");

    OperatorsTest() {
        operators.add(ADMIN, Set.of(Role.ADMIN), Cause.SYSTEM);
    }

    @Test
    void knowsAnOperatorByTheCertificateItWasIssued() {
        CertificateDer certificate = issued(recipe, Holder.of(ADMIN));

        assertThat(operators.authenticate(List.of(certificate, issuer.certificate())))
                .isInstanceOfSatisfying(
                        Authorization.Known.class,
                        it -> assertThat(it.operator().roles()).containsExactly(Role.ADMIN));
        assertThat(store.known().find(certificate).orElseThrow().firstUsedAt()).contains(now);
    }

    @Test
    void doesNotKnowWhoeverShowsNothing() {
        assertThat(operators.authenticate(List.of()))
                .isEqualTo(new Authorization.Unknown(new Refusal.NotAuthenticated()));
    }

    @Test
    void doesNotKnowCertificatesItNeverIssued() {
        assertUnknown(recipe.by(issuer).certificate(), Refusal.CertificateForeign.class);
        assertUnknown(recipe.selfSigned().certificate(), Refusal.CertificateForeign.class);
    }

    @Test
    void doesNotTakeADevicesCertificateThatSaysAdmin() {
        assertUnknown(issued(recipe, Holder.of(new DeviceId("admin"))), Refusal.CertificateNotForClients.class);
    }

    @Test
    void doesNotTakeCertificatesOutOfTheirTimeOrPurpose() {
        assertUnknown(issued(recipe.to(now.minusSeconds(1)), Holder.of(ADMIN)), Refusal.CertificateExpired.class);
        assertUnknown(issued(recipe.from(now.plusSeconds(1)), Holder.of(ADMIN)), Refusal.CertificateNotYetValid.class);
        assertUnknown(
                issued(recipe.purpose(KeyPurposeId.id_kp_serverAuth), Holder.of(ADMIN)),
                Refusal.CertificateNotForClients.class);
    }

    @Test
    void doesNotTakeARevokedCertificate() {
        CertificateDer certificate = issued(recipe, Holder.of(ADMIN));
        var order = new Order(new Wish.Revoke(RevocationReason.KEY_COMPROMISE, Optional.empty()), now, Cause.SYSTEM);
        assertThat(store.revocations().apply(order, GENERATION, certificate.serial()))
                .isPresent();

        assertUnknown(certificate, Refusal.CertificateRevoked.class);
    }

    @Test
    void removingAnOperatorMakesItsCertificatesUseless() {
        operators.add(ROOKIE, Set.of(Role.ADMIN), Cause.SYSTEM);
        CertificateDer certificate = issued(Recipe.leaf("CN=rookie"), Holder.of(ROOKIE));

        assertThat(operators.remove(ROOKIE, Cause.SYSTEM)).isInstanceOf(OperatorChange.Done.class);

        assertUnknown(certificate, Refusal.NotAuthenticated.class);
    }

    @Test
    void keepsTheLastAdmin() {
        operators.add(ROOKIE, Set.of(Role.OPERATOR, Role.AUDITOR), Cause.SYSTEM);

        assertThat(operators.remove(ADMIN, Cause.SYSTEM))
                .isInstanceOfSatisfying(
                        OperatorChange.Refused.class,
                        it -> assertThat(it.refusal()).isInstanceOf(Refusal.NotPossibleNow.class));
        assertThat(store.audit().actions()).doesNotContain("operator.removed");
    }

    @Test
    void neverGivesANameTwice() {
        operators.add(ROOKIE, Set.of(Role.ADMIN), Cause.SYSTEM);
        operators.remove(ROOKIE, Cause.SYSTEM);

        assertThat(operators.add(ROOKIE, Set.of(Role.AUDITOR), Cause.SYSTEM))
                .isEqualTo(new OperatorChange.Refused(new Refusal.AlreadyExists("operator rookie")));
        assertThat(operators.remove(ROOKIE, Cause.SYSTEM))
                .isEqualTo(new OperatorChange.Refused(new Refusal.NotFound("operator rookie")));
        assertThat(operators.list()).hasSize(2);
    }

    @Test
    void wantsARole() {
        assertThat(operators.add(ROOKIE, Set.of(), Cause.SYSTEM))
                .isEqualTo(new OperatorChange.Refused(
                        new Refusal.FieldWrong("roles", "an operator has at least one role")));
    }

    private CertificateDer issued(Recipe what, Holder holder) {
        CertificateDer certificate = what.by(issuer).certificate();
        store.ledger()
                .record(
                        new NewCertificate(
                                certificate,
                                GENERATION,
                                new ProfileName("operator"),
                                holder,
                                LabelName.NONE,
                                new Credential.Itself("test"),
                                0,
                                0),
                        Cause.SYSTEM.event(now, "certificate.issued", holder.toString(), Map.of()));
        return certificate;
    }

    private void assertUnknown(CertificateDer certificate, Class<? extends Refusal> refusal) {
        assertThat(operators.authenticate(List.of(certificate)))
                .isInstanceOfSatisfying(
                        Authorization.Unknown.class,
                        it -> assertThat(it.refusal()).isInstanceOf(refusal));
    }
}
