package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a request. */
public sealed interface EnrollmentOutcome {
    record Issued(IssuedCertificate certificate) implements EnrollmentOutcome {}

    record Refused(Refusal refusal) implements EnrollmentOutcome {}
}
