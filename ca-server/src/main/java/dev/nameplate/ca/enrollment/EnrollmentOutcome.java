package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;

/** What became of a request. */
public sealed interface EnrollmentOutcome {
    record Issued(IssuedCertificate certificate) implements EnrollmentOutcome {}

    /**
     * Somebody has to say a word first.
     *
     * @param retryAfter when the same request may find that said
     */
    record Waiting(PendingId id, Duration retryAfter) implements EnrollmentOutcome {}

    record Refused(Refusal refusal) implements EnrollmentOutcome {}
}
