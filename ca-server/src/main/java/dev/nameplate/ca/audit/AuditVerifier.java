package dev.nameplate.ca.audit;

import java.util.function.Supplier;

/** Checks the recorded trail from its first entry to its last, page by page. */
public final class AuditVerifier {
    private final AuditLog log;
    private final Supplier<AuditCertificates> certificates;

    /** @param certificates asked at each check, since audit certificates are renewed */
    public AuditVerifier(AuditLog log, Supplier<AuditCertificates> certificates) {
        this.log = log;
        this.certificates = certificates;
    }

    public AuditVerdict verify() {
        long through = log.last().map(AuditEntry::number).orElse(0L);
        TrailCheck check = new TrailCheck(certificates.get());
        new TrailWalk(log).show(through, check);
        return check.verdict(through);
    }
}
