package dev.nameplate.ca.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Authentication.Identified;
import dev.nameplate.ca.device.Authentication.NotIdentified;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The device door with a registry, records and a clock that a test may move. */
final class Door {
    static final ProfileName PROFILE = new ProfileName("ldevid");
    static final LabelName LABEL = new LabelName("line-1");
    static final DeviceId SENSOR = new DeviceId("sensor-17");
    static final Duration GRACE = Duration.ofDays(30);
    private static final IssuerGeneration GENERATION = new IssuerGeneration(new IssuerName("devices"), 1);

    final MutableClock clock = MutableClock.started();
    final MemoryStore store = MemoryStore.empty();
    final Party issuer = Recipe.ca("CN=devices").selfSigned();
    final Devices devices = new Devices(store.devices(), clock);
    final Codes codes = new Codes(
            store.codes(),
            store.devices(),
            new Codes.Labels(Set.of(LABEL), Set.of(LABEL)),
            CodeSettings.defaults(),
            clock,
            new SecureRandom());
    final AttemptLimiter limiter = new AttemptLimiter(AttemptLimits.defaults(), clock);
    final Nonces nonces = new Nonces(clock, new SecureRandom());
    final DeviceAuthenticator authenticator = new DeviceAuthenticator(
            store.known(), store.devices(), store.codes(), limiter, _ -> GRACE, _ -> false, nonces, clock);

    Door() {
        devices.register(SENSOR, Map.of(), Cause.SYSTEM);
    }

    static EnrolmentLabel label(Way... ways) {
        return new EnrolmentLabel(LABEL, PROFILE, Set.copyOf(Arrays.asList(ways)), List.of());
    }

    static EnrolmentLabel label(ManufacturerAnchor... anchors) {
        return new EnrolmentLabel(LABEL, PROFILE, Set.of(Way.MANUFACTURER, Way.CODE), List.of(anchors));
    }

    /** Issues, and records as this device's. */
    CertificateDer issued(Recipe recipe, Holder holder) {
        CertificateDer certificate = recipe.by(issuer).certificate();
        record(certificate, holder, new Credential.Itself("test"));
        return certificate;
    }

    CertificateDer issued(Recipe recipe) {
        return issued(recipe, Holder.of(SENSOR));
    }

    void record(CertificateDer certificate, Holder holder, Credential credential) {
        store.ledger()
                .record(
                        new NewCertificate(certificate, GENERATION, PROFILE, holder, LABEL, credential, 0, 0),
                        Cause.SYSTEM.event(clock.instant(), "certificate.issued", holder.toString(), Map.of()));
    }

    void revoke(CertificateDer certificate) {
        var order = new Order(
                new Wish.Revoke(RevocationReason.KEY_COMPROMISE, Optional.empty()), clock.instant(), Cause.SYSTEM);
        assertThat(store.revocations().apply(order, GENERATION, certificate.serial()))
                .isPresent();
    }

    CodeCreation.Created code() {
        return code(new CodeRequest(SENSOR, Optional.empty(), Optional.empty()));
    }

    CodeCreation.Created code(CodeRequest wish) {
        return switch (codes.create(wish, Cause.SYSTEM)) {
            case CodeCreation.Created created -> created;
            case CodeCreation.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    void state(Device.State state) {
        store.devices().put(new Device(SENSOR, state, Map.of(), clock.instant()));
    }

    static PresentedIdentity with(CertificateDer... chain) {
        return new PresentedIdentity(List.of(chain), Optional.empty(), "192.0.2.1", new RequestId("0123456789abcdef"));
    }

    static PresentedIdentity with(String user, Secret password, CertificateDer... chain) {
        return from("192.0.2.1", user, password, chain);
    }

    static PresentedIdentity from(String source, String user, Secret password, CertificateDer... chain) {
        return new PresentedIdentity(
                List.of(chain),
                Optional.of(new BasicPassword(user, password)),
                source,
                new RequestId("0123456789abcdef"));
    }

    AuthenticatedDevice identified(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        return switch (authenticator.identify(who, label, purpose)) {
            case Identified(var device) -> device;
            case NotIdentified(var refusal) -> throw new AssertionError(refusal);
        };
    }

    Refusal refused(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        return switch (authenticator.identify(who, label, purpose)) {
            case Identified(var device) -> throw new AssertionError(device.device());
            case NotIdentified(var refusal) -> refusal;
        };
    }
}
