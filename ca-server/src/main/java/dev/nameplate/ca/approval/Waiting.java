package dev.nameplate.ca.approval;

import dev.nameplate.ca.approval.PendingRequest.Asked;
import dev.nameplate.ca.approval.PendingRequest.State;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.policy.AdmittedRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts down what an operator has to say a word on, and says when to ask again. */
public final class Waiting {
    private final ApprovalSettings settings;
    private final RetryTimes retries;
    private final InstantSource clock;
    private final SecureRandom random;

    public Waiting(ApprovalSettings settings, InstantSource clock, SecureRandom random) {
        this.settings = settings;
        this.retries = new RetryTimes(settings.retry(), random);
        this.clock = clock;
        this.random = random;
    }

    PendingRequest request(Wish wish, Optional<String> reason) {
        Instant now = clock.instant();
        Asked asked = asked(wish);
        Map<String, String> facts = new TreeMap<>(asked.facts());
        reason.ifPresent(text -> facts.put("webhook", Text.shown(text)));
        return new PendingRequest(
                PendingId.random(random),
                wish.key(),
                State.WAITING,
                new Asked(
                        asked.device(),
                        asked.label(),
                        asked.profile(),
                        asked.credential(),
                        asked.purpose(),
                        asked.keyHash(),
                        facts),
                now,
                now.plus(settings.lasts()),
                Optional.empty(),
                Optional.empty());
    }

    AuditEvent event(PendingRequest request, Cause cause) {
        return event(request, request.askedAt(), "enrolment.awaiting-approval", cause, Map.of());
    }

    static AuditEvent event(PendingRequest request, Instant at, String action, Cause cause, Map<String, String> more) {
        Map<String, String> facts = new TreeMap<>(request.asked().words());
        facts.put("approval", request.id().value());
        facts.putAll(more);
        return cause.event(at, action, Holder.of(request.asked().device()).toString(), facts);
    }

    Duration retryAfter(Duration waited) {
        return retries.after(waited);
    }

    static Asked asked(Wish wish) {
        AdmittedRequest admitted = wish.admitted();
        return new Asked(
                wish.device(),
                admitted.label(),
                admitted.profile().name(),
                admitted.credential().key(),
                wish.purpose(),
                admitted.keyHash(),
                facts(wish));
    }

    private static Map<String, String> facts(Wish wish) {
        AdmittedRequest admitted = wish.admitted();
        Map<String, String> facts = new TreeMap<>();
        facts.put("subject", Text.shown(admitted.subject().toString()));
        if (!admitted.alternatives().isEmpty()) {
            facts.put(
                    "subject-alt-names",
                    Text.shown(admitted.alternatives().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(", "))));
        }
        Keys.algorithmOf(admitted.publicKey()).ifPresent(algorithm -> facts.put("key-algorithm", algorithm.toString()));
        wish.evidence().ifPresent(evidence -> facts.put("attestation", "sha256:" + evidence.hash()));
        wish.from().source().ifPresent(source -> facts.put("source", source));
        facts.put("speaker", wish.from().speaker().value());
        return facts;
    }
}
