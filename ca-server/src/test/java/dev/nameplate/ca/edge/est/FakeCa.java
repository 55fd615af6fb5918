package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.SignerFinding;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.KeyDelivery;
import dev.nameplate.ca.enrollment.ServerKeyRequest;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.policy.Asking;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.est.MessageSigner;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Features that believe a code and any certificate, issue one and the same certificate, and fail when told to. */
final class FakeCa {
    static final String CODE = "ABCDE:with colon";
    static final LabelName DIGEST = new LabelName("digest");
    static final LabelName LINES = new LabelName("lines");
    static final LabelName FLAT = new LabelName("flat");
    static final LabelName NO_CODES = new LabelName("no-codes");
    static final LabelName KEYS = new LabelName("keys");
    static final IssuerName ISSUER = new IssuerName("devices");

    private static final PendingId WAITING = new PendingId("00112233aabbccdd");
    private static final AuthenticatedDevice DEVICE =
            TestCa.founded().registered("sensor-17", Map.of()).withCode("sensor-17");

    final TestPki pki = new TestPki("device root");
    final CertificateDer issued = pki.issue("sensor-17").certificate();
    private final TestPki.Identity maker = pki.issue("messages");
    private final MessageSigner signer = new MessageSigner(
            List.of(maker.certificate().parsed()),
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
            message -> new Party(maker.key(), maker.certificate()).sign(message));
    volatile List<CertificateDer> chain =
            List.of(pki.issue("issuing CA").certificate(), pki.issue("another").certificate(), pki.root());
    volatile Function<ServerKeyRequest, KeyDelivery> delivery =
            wish -> new KeyDelivery.Refused(new Refusal.KeyNotDeliverable("nothing is made"));
    volatile Asking asking = new Asking(Optional.empty(), List.of(), List.of(), false, List.of(), false);
    volatile Optional<RuntimeException> failure = Optional.empty();
    volatile Optional<Refusal> refusal = Optional.empty();
    volatile Optional<Duration> wait = Optional.empty();
    volatile Optional<PresentedIdentity> presented = Optional.empty();
    volatile Optional<Csr> asked = Optional.empty();
    volatile Optional<Purpose> purpose = Optional.empty();

    EstFeatures features() {
        return new EstFeatures(
                new EstFeatures.Doorkeeper(this::identify, label -> "nonce-of-" + label),
                this::enroll,
                this::reenroll,
                issuer -> chain,
                label -> asking,
                new EstFeatures.KeyMaking(
                        (device, label, wish) -> delivery.apply(wish), () -> signer, new SecureRandom()),
                new EstFeatures.Messages(
                        (certificate, session, label, accepted) ->
                                new SignerFinding.NotIdentified(new Refusal.NotAuthenticated()),
                        (who, label, csr, request) -> new EnrollmentOutcome.Refused(new Refusal.NotAuthenticated()),
                        (who, wish, request) -> new Revocation.Refused(new Refusal.NotAuthenticated()),
                        () -> signer,
                        new SecureRandom(),
                        MutableClock.started()));
    }

    Map<LabelName, ServedLabel> labels() {
        return Stream.of(
                        label(LabelName.NONE, AnswerLayout.AS_ASKED, Way.CODE, Way.CERTIFICATE),
                        label(DIGEST, AnswerLayout.AS_ASKED, Way.CODE, Way.DIGEST),
                        label(LINES, AnswerLayout.LINES, Way.CODE),
                        label(FLAT, AnswerLayout.ONE_LINE, Way.CODE),
                        label(NO_CODES, AnswerLayout.AS_ASKED, Way.CERTIFICATE),
                        keys(),
                        asking("asking-list", AttributesForm.LIST),
                        asking("asking-template", AttributesForm.TEMPLATE),
                        asking("asking-both", AttributesForm.BOTH))
                .collect(Collectors.toUnmodifiableMap(label -> label.label().name(), label -> label));
    }

    private static ServedLabel keys() {
        ServedLabel label = label(KEYS, AnswerLayout.ONE_LINE, Way.CODE);
        return new ServedLabel(
                label.label(),
                label.issuer(),
                label.layout(),
                new ServedLabel.Options(AttributesForm.NONE, true, Set.of()));
    }

    IssuedCertificate recorded(CertificateDer certificate) {
        return new IssuedCertificate(
                certificate,
                new IssuerGeneration(ISSUER, 1),
                new ProfileName("ldevid"),
                Holder.of(DEVICE.device().id()),
                KEYS,
                0,
                new Standing.Good(),
                Optional.empty());
    }

    private static ServedLabel asking(String name, AttributesForm form) {
        ServedLabel label = label(new LabelName(name), AnswerLayout.AS_ASKED, Way.CODE);
        return new ServedLabel(
                label.label(), label.issuer(), label.layout(), new ServedLabel.Options(form, false, Set.of()));
    }

    private static ServedLabel label(LabelName name, AnswerLayout layout, Way... ways) {
        return new ServedLabel(
                new EnrolmentLabel(name, new ProfileName("ldevid"), Set.of(ways), List.of()),
                ISSUER,
                layout,
                ServedLabel.Options.NONE);
    }

    private Authentication identify(PresentedIdentity identity, EnrolmentLabel label, Purpose wanted) {
        presented = Optional.of(identity);
        purpose = Optional.of(wanted);
        boolean known = !identity.clientChain().isEmpty()
                || identity.password()
                        .filter(password -> password.password().equals(Secret.of(CODE)))
                        .isPresent();
        return known
                ? new Authentication.Identified(DEVICE)
                : new Authentication.NotIdentified(new Refusal.NotAuthenticated());
    }

    private EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        asked = Optional.of(csr);
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return refusal.<EnrollmentOutcome>map(EnrollmentOutcome.Refused::new)
                .or(() -> wait.map(retry -> new EnrollmentOutcome.Waiting(WAITING, retry)))
                .orElseGet(() -> new EnrollmentOutcome.Issued(record(device, label)));
    }

    private EnrollmentOutcome reenroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        return enroll(device, label, csr, request);
    }

    private IssuedCertificate record(AuthenticatedDevice device, EnrolmentLabel label) {
        return new IssuedCertificate(
                issued,
                new IssuerGeneration(ISSUER, 1),
                label.profile(),
                Holder.of(device.device().id()),
                label.name(),
                0,
                new Standing.Good(),
                Optional.empty());
    }
}
