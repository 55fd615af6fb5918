package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Revokes certificates, for good. */
public final class Revocations {
    private final RevocationRegister register;
    private final Standings standings;
    private final InstantSource clock;

    public Revocations(RevocationRegister register, Standings standings, InstantSource clock) {
        this.register = register;
        this.standings = standings;
        this.clock = clock;
    }

    /** Revoking twice does no harm: time and reason stay those of the first. */
    public Revocation revoke(IssuerGeneration issuer, SerialNumber serial, RevocationReason reason, Cause cause) {
        if (reason == RevocationReason.CERTIFICATE_HOLD) {
            return new Revocation.Refused(new Refusal.FieldWrong(
                    "reason", reason + " can be undone and revoking cannot; give another reason"));
        }
        Instant now = clock.instant();
        AuditEvent event = cause.event(
                now,
                "certificate.revoked",
                "certificate:" + serial,
                Map.of("issuer", issuer.toString(), "reason", reason.toString()));
        return register.revoke(issuer, serial, reason, now, event)
                ? new Revocation.Revoked(now)
                : unchanged(issuer, serial);
    }

    private Revocation unchanged(IssuerGeneration issuer, SerialNumber serial) {
        return standings.of(issuer, serial).orElse(new Standing.Good()) instanceof Standing.Revoked(var at)
                ? new Revocation.AlreadyRevoked(at)
                : new Revocation.Refused(new Refusal.NotFound("certificate " + serial + " of " + issuer));
    }
}
