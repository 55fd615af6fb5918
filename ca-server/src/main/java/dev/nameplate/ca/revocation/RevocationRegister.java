package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;

/** What is revoked. Each change is atomic, its event included, and durable when it returns. */
public interface RevocationRegister {
    /** @return false, and nothing changed, if there is no such certificate or it is revoked already */
    boolean revoke(IssuerGeneration issuer, SerialNumber serial, RevocationReason reason, Instant at, AuditEvent event);
}
