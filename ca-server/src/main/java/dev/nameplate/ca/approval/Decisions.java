package dev.nameplate.ca.approval;

import dev.nameplate.ca.approval.PendingRequests.Adding;
import dev.nameplate.ca.audit.SparingNotes;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last word on requests that met every rule. Whoever asks again with the same credential, label and key finds the request it
 * made before, whatever its octets (RFC 7030, 4.2.3); nobody else does.
 */
public final class Decisions {
    private final PendingRequests requests;
    private final ApprovalSettings settings;
    private final Judge judge;
    private final SparingNotes notes;
    private final InstantSource clock;
    private final Waiting waiting;

    /** @param waiting puts down what an operator has to say a word on */
    public Decisions(
            PendingRequests requests,
            ApprovalSettings settings,
            Judge judge,
            SparingNotes notes,
            Waiting waiting,
            InstantSource clock) {
        this.requests = requests;
        this.settings = settings;
        this.judge = judge;
        this.notes = notes;
        this.waiting = waiting;
        this.clock = clock;
    }

    public Verdict on(Wish wish, Decision.By by) {
        if (by == Decision.By.RULES) {
            return new Verdict.Granted(Optional.empty(), Map.of());
        }
        Optional<PendingRequest> standing =
                requests.find(wish.key()).filter(request -> request.stands(clock.instant()));
        if (standing.isPresent()) {
            return on(standing.get());
        }
        return by == Decision.By.OPERATOR ? wait(wish, Optional.empty()) : judged(wish);
    }

    /** What was approved is on record now. */
    public void granted(PendingId approval, SerialNumber serial, Wish wish) {
        var facts = Map.of("approval", approval.value(), "serial", serial.toString());
        requests.grant(
                approval,
                serial,
                wish.cause()
                        .event(
                                clock.instant(),
                                "enrolment.granted",
                                Holder.of(wish.device()).toString(),
                                facts));
    }

    private Verdict on(PendingRequest request) {
        return switch (request.state()) {
            case WAITING -> waits(request);
            case APPROVED, GRANTED -> new Verdict.Granted(Optional.of(request.id()), approvedBy(request));
            case REJECTED ->
                new Verdict.Refused(new Refusal.RequestRejected(
                        "an operator", request.decision().flatMap(PendingRequest.Word::reason)));
            case EXPIRED -> throw new IllegalStateException("an expired request does not stand: " + request.id());
        };
    }

    private static Map<String, String> approvedBy(PendingRequest request) {
        Map<String, String> why = new TreeMap<>();
        why.put("approval", request.id().value());
        request.decision().ifPresent(word -> why.put("approved-by", word.by().value()));
        return why;
    }

    private Verdict judged(Wish wish) {
        return switch (judge.on(wish)) {
            case Judge.Judgement.Admits(var reason) -> {
                Map<String, String> why = new TreeMap<>(Map.of("approved-by", "webhook"));
                reason.ifPresent(text -> why.put("reason", text));
                yield new Verdict.Granted(Optional.empty(), why);
            }
            case Judge.Judgement.Refuses(var reason) -> refused(wish, reason);
            case Judge.Judgement.AsksAnOperator(var reason) -> wait(wish, reason);
            case Judge.Judgement.Silent(var why, var retryAfter) ->
                new Verdict.Refused(new Refusal.DecisionUnavailable(why, retryAfter));
        };
    }

    private Verdict refused(Wish wish, Optional<String> reason) {
        Map<String, String> facts = new TreeMap<>(Waiting.asked(wish).words());
        facts.put("by", "webhook");
        reason.ifPresent(text -> facts.put("reason", text));
        notes.note(
                "refused " + wish.key(),
                now -> wish.cause()
                        .event(
                                now,
                                "enrolment.refused",
                                Holder.of(wish.device()).toString(),
                                facts));
        return new Verdict.Refused(new Refusal.RequestRejected("the webhook", reason));
    }

    private Verdict wait(Wish wish, Optional<String> reason) {
        PendingRequest fresh = waiting.request(wish, reason);
        Adding adding = requests.add(fresh, settings.bounds(), clock.instant(), waiting.event(fresh, wish.cause()));
        return switch (adding) {
            case Adding.Added() -> waits(fresh);
            case Adding.Before(var standing) -> on(standing);
            case Adding.CodeSpent() -> new Verdict.Refused(new Refusal.CodeUsed(wish.device()));
            case Adding.Full(var ofDevice) -> new Verdict.Refused(full(ofDevice));
        };
    }

    private Refusal full(boolean ofDevice) {
        Duration wait = waiting.retryAfter(settings.retry().most());
        return ofDevice
                ? new Refusal.QuotaSpent("requests of this device wait for approval", wait)
                : new Refusal.DecisionUnavailable("as many requests wait for approval as may", wait);
    }

    private Verdict waits(PendingRequest request) {
        Instant now = clock.instant();
        return new Verdict.Waits(request.id(), waiting.retryAfter(Duration.between(request.askedAt(), now)));
    }
}
