package dev.nameplate.ca.issuance;

import dev.nameplate.ca.refusal.Refusal;

/** What became of an admitted request. */
public sealed interface Issuance {
    /** On record, now or from an earlier answer to this very request. */
    record Issued(IssuedCertificate certificate) implements Issuance {}

    record Refused(Refusal refusal) implements Issuance {}
}
