package dev.nameplate.ca.approval;

import dev.nameplate.ca.approval.PendingRequest.State;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see and say of the requests that wait for them. */
public final class Approvals {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final int ENDED_AT_ONCE = 1000;

    private final PendingRequests requests;
    private final ApprovalSettings settings;
    private final InstantSource clock;

    public Approvals(PendingRequests requests, ApprovalSettings settings, InstantSource clock) {
        this.requests = requests;
        this.settings = settings;
        this.clock = clock;
    }

    /** What waits, the oldest first. */
    public List<PendingRequest> waiting(int limit) {
        Instant now = clock.instant();
        return requests.in(State.WAITING, limit).stream()
                .filter(request -> !request.overAt(now))
                .toList();
    }

    /** The newest first, whatever became of them. */
    public List<PendingRequest> newest(int limit) {
        return requests.newest(limit);
    }

    public Optional<PendingRequest> find(PendingId id) {
        return requests.find(id);
    }

    /** The device gets its certificate the next time it asks, if it asks in time. */
    public ApprovalOutcome approve(PendingId id, Optional<String> reason, Cause cause) {
        return decide(id, State.APPROVED, reason, cause);
    }

    /** The device is refused, as long as this is remembered. */
    public ApprovalOutcome reject(PendingId id, Optional<String> reason, Cause cause) {
        return decide(id, State.REJECTED, reason, cause);
    }

    /** Makes an end of what waited too long, and forgets what ended long ago. */
    public void tidy() {
        Instant now = clock.instant();
        List<PendingRequest> ended = requests.expire(now, ENDED_AT_ONCE);
        if (!ended.isEmpty()) {
            LOG.warn(
                    "{} requests waited for an operator until their time was over, the first of them {} of device {}",
                    ended.size(),
                    ended.getFirst().id(),
                    ended.getFirst().asked().device());
        }
        requests.forget(now.minus(settings.kept()));
    }

    private ApprovalOutcome decide(PendingId id, State to, Optional<String> reason, Cause cause) {
        Optional<PendingRequest> found = requests.find(id);
        if (found.isEmpty()) {
            return new ApprovalOutcome.Refused(new Refusal.NotFound("request " + id + " that waits for approval"));
        }
        PendingRequest request = found.get();
        Instant now = clock.instant();
        if (request.state() != State.WAITING || request.overAt(now)) {
            return request.state() == to ? new ApprovalOutcome.Decided(request) : over(request);
        }
        var word = new PendingRequest.Word(cause.actor(), now, reason);
        String action = to == State.APPROVED ? "enrolment.approved" : "enrolment.rejected";
        Map<String, String> more = reason.map(text -> Map.of("reason", text)).orElse(Map.of());
        boolean decided = requests.decide(
                id, to, word, now.plus(settings.lasts()), Waiting.event(request, now, action, cause, more));
        PendingRequest after = requests.find(id).orElse(request);
        return decided || after.state() == to ? new ApprovalOutcome.Decided(after) : over(after);
    }

    private static ApprovalOutcome over(PendingRequest request) {
        State state = request.state() == State.WAITING ? State.EXPIRED : request.state();
        return new ApprovalOutcome.Refused(new Refusal.NotPossibleNow(
                "request " + request.id(),
                "it does not wait any more, it is " + state.name().toLowerCase(Locale.ROOT)));
    }
}
