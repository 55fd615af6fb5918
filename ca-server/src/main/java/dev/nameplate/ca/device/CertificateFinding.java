package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;

/** What came of looking at a client certificate. */
sealed interface CertificateFinding {
    record Accepted(AuthenticatedDevice device) implements CertificateFinding {}

    /** It proves nothing here; whoever shows it may still prove who they are in another way (RFC 7030, 3.2.3). */
    record NotAccepted(Refusal refusal) implements CertificateFinding {}

    /** Somebody decided against this certificate or its device: no other credential helps in the same request. */
    record Barred(Refusal refusal) implements CertificateFinding {}
}
