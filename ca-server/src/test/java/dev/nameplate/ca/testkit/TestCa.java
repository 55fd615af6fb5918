package dev.nameplate.ca.testkit;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.approval.Decisions;
import dev.nameplate.ca.approval.Judge;
import dev.nameplate.ca.approval.Waiting;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.audit.SparingNotes;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.Founding;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.device.AttemptLimiter;
import dev.nameplate.ca.device.AttemptLimits;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.BasicPassword;
import dev.nameplate.ca.device.CodeCreation;
import dev.nameplate.ca.device.CodeRequest;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.DeviceAuthenticator;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Nonces;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Registrars;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.enrollment.Applicants;
import dev.nameplate.ca.enrollment.Attestations;
import dev.nameplate.ca.enrollment.CloneAlarm;
import dev.nameplate.ca.enrollment.EarlyRenewals;
import dev.nameplate.ca.enrollment.Enrollment;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.issuance.ServiceCertificates;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.SessionBinding;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.software.SoftwareVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A whole CA in memory: founded as settings would, asked through its real doors. Its proofs come from the real checks. */
public final class TestCa {
    public static final RequestId REQUEST = new RequestId("0011223344556677");
    private static final SessionBinding UNBOUND = new SessionBinding.Unknown("there is no TLS in memory");
    public static final IssuerName ROOT = new IssuerName("root");

    public final MutableClock clock = MutableClock.started();
    public final MemoryStore store = MemoryStore.empty();
    public final FlakyKey vault;
    public final SecureRandom random = new SecureRandom();
    public final Linter linter = new Linter();
    public final Profiles profiles;
    public final Authorities authorities;
    public final CsrPolicy policy;
    public final Issuer issuer;
    public final Enrollment enrollment;
    public final Approvals approvals;
    public final Decisions decisions;
    public final Applicants applicants;
    public final CloneAlarm clones;
    public final Attestations attestations;
    public final EarlyRenewals early;
    /** Whether an operator wants every certificate renewed now. */
    public volatile boolean calledForward;

    /** Decides where a label wants a webhook. */
    public volatile Judge judge = _ -> new Judge.Judgement.Silent("nobody is there", Duration.ofSeconds(30));

    public final OperatorEnrollment operators;
    public final ServiceCertificates services;
    private final DeviceAuthenticator authenticator;
    private final Codes codes;

    private TestCa(KeyVault vault, Profiles profiles, List<IssuerSettings> issuers) {
        this.vault = new FlakyKey(vault);
        this.profiles = profiles;
        founding().found(issuers, Cause.SYSTEM);
        this.authorities = new Authorities(store.issuers(), this.vault);
        this.policy = new CsrPolicy(profiles, store.ledger()::holderOfKey, Verifier.plain());
        this.issuer = new Issuer(store.ledger(), authorities, linter, clock, random);
        var notes = new SparingNotes(store.audit(), Duration.ofHours(1), clock);
        var settings = ApprovalSettings.defaults();
        this.applicants = new Applicants(new Registrars(store.devices()));
        this.clones = new CloneAlarm(notes);
        this.attestations = new Attestations(store.evidence(), clock);
        this.early = new EarlyRenewals(profiles, (_, _) -> calledForward, clock);
        this.approvals = new Approvals(store.pending(), settings, clock);
        this.decisions = new Decisions(
                store.pending(), settings, wish -> judge.on(wish), notes, new Waiting(settings, clock, random), clock);
        this.enrollment = new Enrollment(applicants, policy, issuer, decisions, attestations, early, clones);
        this.operators = new OperatorEnrollment(policy, issuer);
        this.services = new ServiceCertificates(policy, issuer);
        this.authenticator = new DeviceAuthenticator(
                store.known(),
                store.devices(),
                store.codes(),
                new AttemptLimiter(AttemptLimits.defaults(), clock),
                profile -> profiles.named(profile).renewal().grace(),
                code -> store.pending().waitsUnder(new Credential.Code(code).key(), clock.instant()),
                new Nonces(clock, random),
                clock);
        this.codes = new Codes(
                store.codes(),
                store.devices(),
                Codes.Labels.of(Set.of(LabelName.NONE)),
                CodeSettings.defaults(),
                clock,
                random);
    }

    /** With the sample profiles, a root for ever and an issuer for ever below it. */
    public static TestCa founded() {
        return with(SampleProfiles.all());
    }

    public static TestCa with(Profiles profiles) {
        return new TestCa(new SoftwareVault("test"), profiles, issuers(Optional.empty()));
    }

    /** With these issuers, the root first or last. */
    public static TestCa with(Profiles profiles, List<IssuerSettings> issuers) {
        return new TestCa(new SoftwareVault("test"), profiles, issuers);
    }

    /** With its keys in this vault. */
    public static TestCa in(KeyVault vault) {
        return new TestCa(vault, SampleProfiles.all(), issuers(Optional.empty()));
    }

    /** With a root and an issuer whose keys are of this kind. */
    public static TestCa signingWith(KeySpec key) {
        List<IssuerSettings> issuers = issuers(Optional.empty()).stream()
                .map(issuer -> new IssuerSettings(
                        issuer.name(),
                        issuer.subject(),
                        key,
                        issuer.validity(),
                        issuer.pathLength(),
                        issuer.origin(),
                        issuer.crl()))
                .toList();
        return new TestCa(new SoftwareVault("test"), SampleProfiles.all(), issuers);
    }

    /** With an issuer that ends after this while. */
    public static TestCa whoseIssuerLasts(Duration validity) {
        return new TestCa(new SoftwareVault("test"), SampleProfiles.all(), issuers(Optional.of(validity)));
    }

    public Revocations revocations() {
        return new Revocations(store.revocations(), store.feed(), clock);
    }

    public static List<IssuerSettings> issuers(Optional<Duration> validity) {
        return List.of(
                new IssuerSettings(
                        SampleProfiles.DEVICES,
                        "CN=Example Device CA,O=Example,C=DE",
                        KeySpec.EC_P256,
                        validity,
                        OptionalInt.of(0),
                        new IssuerSettings.Origin.Parent(ROOT),
                        CrlTerms.usual()),
                new IssuerSettings(
                        ROOT,
                        "CN=Example Root CA,O=Example,C=DE",
                        KeySpec.EC_P384,
                        Optional.empty(),
                        OptionalInt.empty(),
                        new IssuerSettings.Origin.ItsOwnKey(),
                        CrlTerms.usual()));
    }

    public Founding founding() {
        return new Founding(vault, store.issuers(), store.ledger()::claimKey, linter, clock, random);
    }

    public TestCa registered(String device, Map<String, String> attributes) {
        new Devices(store.devices(), clock).register(new DeviceId(device), attributes, Cause.SYSTEM);
        return this;
    }

    /** The default label, issuing by this profile, open to certificates of this CA and to codes. */
    public static EnrolmentLabel label(ProfileName profile) {
        return new EnrolmentLabel(LabelName.NONE, profile, Set.of(Way.CERTIFICATE, Way.CODE), List.of());
    }

    /** A device that showed a fresh code. */
    public AuthenticatedDevice withCode(String device) {
        return withCode(device, UNBOUND);
    }

    /** A device that showed a fresh code in this TLS session. */
    public AuthenticatedDevice withCode(String device, SessionBinding session) {
        return identified(code(device), session);
    }

    /** A device, and the code that it showed. */
    public record Coded(AuthenticatedDevice device, BasicPassword password) {}

    public Coded coded(String device) {
        BasicPassword password = code(device);
        return new Coded(identified(password, UNBOUND), password);
    }

    /** The same device shows the same code again. */
    public AuthenticatedDevice again(Coded coded) {
        return identified(coded.password(), UNBOUND);
    }

    private BasicPassword code(String device) {
        var wish = new CodeRequest(new DeviceId(device), Optional.empty(), Optional.empty());
        Secret code = ((CodeCreation.Created) codes.create(wish, Cause.SYSTEM)).text();
        return new BasicPassword(device, code);
    }

    private AuthenticatedDevice identified(BasicPassword password, SessionBinding session) {
        var who = new PresentedIdentity(List.of(), Optional.of(password), "192.0.2.1", REQUEST, session);
        return identified(authenticator.identify(who, label(SampleProfiles.LDEVID), Purpose.ENROL));
    }

    /** A device with this certificate in its TLS session. */
    public AuthenticatedDevice withCertificate(CertificateDer certificate, Purpose purpose) {
        var who = new PresentedIdentity(List.of(certificate), Optional.empty(), "192.0.2.1", REQUEST);
        return identified(authenticator.identify(who, label(SampleProfiles.LDEVID), purpose));
    }

    public static IssuedCertificate issued(EnrollmentOutcome outcome) {
        return switch (outcome) {
            case EnrollmentOutcome.Issued(var certificate) -> certificate;
            case EnrollmentOutcome.Waiting waiting -> throw new AssertionError("waits: " + waiting);
            case EnrollmentOutcome.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    public static Refusal refused(EnrollmentOutcome outcome) {
        return switch (outcome) {
            case EnrollmentOutcome.Issued(var certificate) -> throw new AssertionError("issued: " + certificate);
            case EnrollmentOutcome.Waiting waiting -> throw new AssertionError("waits: " + waiting);
            case EnrollmentOutcome.Refused(var refusal) -> refusal;
        };
    }

    private static AuthenticatedDevice identified(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Identified(var device) -> device;
            case Authentication.NotIdentified(var refusal) -> throw new AssertionError("not identified: " + refusal);
        };
    }
}
