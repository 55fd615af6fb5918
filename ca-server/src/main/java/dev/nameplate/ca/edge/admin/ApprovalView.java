package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.approval.PendingRequest;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.bulk.Plan;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that waits for an operator's word, or had it.
 *
 * @param state awaiting, or what became of it
 * @param since since when it waits
 * @param what in a line
 * @param revocation of a bulk revocation, the plan
 * @param enrolment of a device's request, the request
 */
record ApprovalView(
        ApprovalId id,
        Kind kind,
        String state,
        Instant since,
        String what,
        Optional<PlanView> revocation,
        Optional<Enrolment> enrolment) {

    /** What it is about. */
    enum Kind {
        REVOCATION,
        ENROLMENT
    }

    /**
     * A device's request.
     *
     * @param expiresAt it is over then, if nobody said a word, or nobody fetched what was approved
     * @param serial of its certificate, once it has one
     */
    record Enrolment(Asked asked, Instant expiresAt, Optional<Decided> decided, Optional<SerialNumber> serial) {
        static Enrolment of(PendingRequest request) {
            return new Enrolment(
                    Asked.of(request.asked()),
                    request.expiresAt(),
                    request.decision().map(word -> new Decided(word.by().value(), word.at(), word.reason())),
                    request.serial());
        }
    }

    /**
     * What is asked for.
     *
     * @param credential what the device proved its identity with
     * @param facts what it would get, and where it came from
     */
    record Asked(
            DeviceId device,
            LabelName label,
            ProfileName profile,
            Purpose purpose,
            String credential,
            Sha256 key,
            Map<String, String> facts) {
        static Asked of(PendingRequest.Asked asked) {
            return new Asked(
                    asked.device(),
                    asked.label(),
                    asked.profile(),
                    asked.purpose(),
                    asked.credential(),
                    asked.keyHash(),
                    asked.facts());
        }
    }

    /** Who decided, when, and why, if they said why. */
    record Decided(String by, Instant at, Optional<String> reason) {}

    static ApprovalView of(Plan plan) {
        return new ApprovalView(
                new ApprovalId(plan.id().value()),
                Kind.REVOCATION,
                word(plan.state()),
                plan.applied().orElse(plan.made()).at(),
                plan.selection().words().toString(),
                Optional.of(PlanView.of(plan)),
                Optional.empty());
    }

    static ApprovalView of(PendingRequest request) {
        return new ApprovalView(
                new ApprovalId(request.id().value()),
                Kind.ENROLMENT,
                request.state() == PendingRequest.State.WAITING ? "awaiting" : word(request.state()),
                request.askedAt(),
                request.asked().device() + " at label " + request.asked().label(),
                Optional.empty(),
                Optional.of(Enrolment.of(request)));
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
