package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Sealed keys that may be delivered again, and the record of every delivery. Each change is atomic, and durable when it returns. */
public interface KeptKeys {
    /**
     * A sealed key.
     *
     * @param request what was asked for, by whom
     * @param message only its recipient can open it
     * @param until it is forgotten then
     */
    record KeptKey(Sha256 request, SubjectPublicKeyInfo publicKey, byte[] message, Instant until) {}

    /**
     * Keeps the key unless one is kept for this request. The event is recorded exactly if it is kept.
     *
     * @param now what is kept until before counts as forgotten
     * @return the one that is kept
     */
    KeptKey keep(KeptKey key, Instant now, AuditEvent event);

    /** The key kept for this request, if that is not forgotten. */
    Optional<KeptKey> find(Sha256 request, Instant now);

    /** Records that a key is about to leave. */
    void note(AuditEvent event);

    /** Deletes what is to be forgotten. */
    void forget(Instant now);
}
