package dev.nameplate.ca.issuance;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.IssuerKey;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.lint.LintedCertificate;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.policy.AdmittedRequest;
import dev.nameplate.ca.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The only class that has a CA key sign an end entity's certificate. */
public final class Issuer {
    private final Recorder ledger;
    private final Authorities authorities;
    private final Linter linter;
    private final InstantSource clock;
    private final SecureRandom random;

    public Issuer(Recorder ledger, Authorities authorities, Linter linter, InstantSource clock, SecureRandom random) {
        this.ledger = ledger;
        this.authorities = authorities;
        this.linter = linter;
        this.clock = clock;
        this.random = random;
    }

    /** The same issuer, which leaves what it signs there: where more than the certificate is recorded in the same transaction. */
    public Issuer recordingIn(Recorder other) {
        return new Issuer(other, authorities, linter, clock, random);
    }

    /**
     * The same request gets the same certificate again until that is due for renewal; only then, and for a new request, is
     * anything signed.
     */
    public Issuance issue(AdmittedRequest request, Cause cause) {
        return issue(request, Map.of(), cause);
    }

    /** @param why more facts for the trail, as who decided it */
    public Issuance issue(AdmittedRequest request, Map<String, String> why, Cause cause) {
        Earlier earlier = earlier(request);
        return earlier.answer().orElseGet(() -> issue(new Order(request, earlier.round(), why, cause)));
    }

    /**
     * What became of the same request before.
     *
     * @param answer the one it gets again, if it gets one
     * @param round how often it was answered anew before
     */
    public record Earlier(Optional<Issuance> answer, int round) {}

    /** Changes nothing. */
    public Earlier earlier(AdmittedRequest request) {
        Optional<IssuedCertificate> before =
                ledger.recordedFor(RequestFingerprint.of(request.credential(), request.label(), request.keyHash()));
        if (before.isEmpty()) {
            return new Earlier(Optional.empty(), 0);
        }
        IssuedCertificate answered = before.get();
        if (answered.standing().revokedAt().isPresent()) {
            return new Earlier(
                    Optional.of(new Issuance.Refused(new Refusal.KeyRevoked(answered.serial()))), answered.round());
        }
        return mayHaveAnother(request) && request.profile().renewal().due(answered.notAfter(), clock.instant())
                ? new Earlier(Optional.empty(), answered.round() + 1)
                : new Earlier(Optional.of(new Issuance.Issued(answered)), answered.round());
    }

    /** What is to be signed. */
    private record Order(AdmittedRequest request, int round, Map<String, String> why, Cause cause) {}

    /** A code pays for one certificate, and so does a factory's order for one key. */
    private static boolean mayHaveAnother(AdmittedRequest request) {
        return !(request.credential() instanceof Credential.Code) && !(request.credential() instanceof Credential.Unit);
    }

    private Issuance issue(Order order) {
        AdmittedRequest request = order.request();
        Instant now = clock.instant();
        Optional<IssuerKey> key = keyFor(request);
        Optional<String> objection = key.isEmpty()
                ? Optional.of("it has no certificate yet")
                : Period.objection(request.profile().validity(), key.get(), now);
        if (objection.isPresent()) {
            return new Issuance.Refused(new Refusal.IssuerNotValid(nameOf(request), objection.get()));
        }
        try {
            return signAndRecord(order, key.get(), now);
        } catch (SerialTakenException drawnTwice) {
            return signAndRecord(order, key.get(), now);
        }
    }

    private Optional<IssuerKey> keyFor(AdmittedRequest request) {
        return request.responderOf().isPresent()
                ? authorities.answerableKeyFor(request.responderOf().get())
                : authorities.activeKeyFor(request.profile().issuer());
    }

    private static String nameOf(AdmittedRequest request) {
        return request.responderOf()
                .map(IssuerGeneration::toString)
                .orElseGet(() -> request.profile().issuer().value());
    }

    private Issuance signAndRecord(Order order, IssuerKey key, Instant now) {
        AdmittedRequest request = order.request();
        CrlScope scope = new CrlScope(key.generation(), shard(request));
        CertificateDraft draft = new CertificateDraft(request, key, scope);
        Period period = Period.of(request.profile().validity(), key, now, random);
        LintedCertificate linted =
                linter.lint(draft.build(SerialNumber.random(random), period), key.signatory(), draft.expected());
        CertificateDer certificate = key.sign(linted);
        linted.requireSameContent(certificate);
        NewCertificate fresh = new NewCertificate(
                certificate,
                key.generation(),
                request.profile().name(),
                request.holder(),
                request.label(),
                request.credential(),
                order.round(),
                scope.shard());
        return outcome(ledger.record(fresh, event(fresh, period, now, order)), request);
    }

    /** Drawn once and for all: the certificate says where it would be listed. */
    private int shard(AdmittedRequest request) {
        int shards = request.profile().locations().crlShards();
        return shards == 0 ? 0 : 1 + random.nextInt(shards);
    }

    private static Issuance outcome(Recording recording, AdmittedRequest request) {
        return switch (recording) {
            case Recording.Recorded(var certificate) -> new Issuance.Issued(certificate);
            case Recording.AnsweredBefore(var certificate) -> new Issuance.Issued(certificate);
            case Recording.KeyTaken() -> new Issuance.Refused(new Refusal.KeyTaken());
            case Recording.DeviceNotActive(var state) ->
                new Issuance.Refused(new Refusal.DeviceNotActive(
                        new DeviceId(request.holder().name()), state.word()));
            case Recording.Objected(var refusal) -> new Issuance.Refused(refusal);
            case Recording.CodeSpent() ->
                new Issuance.Refused(
                        new Refusal.CodeUsed(new DeviceId(request.holder().name())));
        };
    }

    private static AuditEvent event(NewCertificate certificate, Period period, Instant now, Order order) {
        Map<String, String> facts = new TreeMap<>(order.why());
        facts.put("serial", certificate.certificate().serial().toString());
        facts.put("issuer", certificate.issuer().toString());
        facts.put("profile", certificate.profile().toString());
        facts.put("label", certificate.label().toString());
        facts.put("credential", certificate.credential().key());
        facts.put("fingerprint", certificate.certificate().fingerprint().toString());
        facts.put("key", certificate.certificate().keyHash().toString());
        facts.put("not-after", period.notAfter().toString());
        return order.cause()
                .event(now, "certificate.issued", certificate.holder().toString(), facts);
    }
}
