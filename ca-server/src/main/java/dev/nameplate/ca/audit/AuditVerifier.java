package dev.nameplate.ca.audit;

/** Checks the recorded trail from its first entry to its last, page by page. */
public final class AuditVerifier {
    private final AuditLog log;
    private final AuditCertificates certificates;

    public AuditVerifier(AuditLog log, AuditCertificates certificates) {
        this.log = log;
        this.certificates = certificates;
    }

    public AuditVerdict verify() {
        long through = log.last().map(AuditEntry::number).orElse(0L);
        TrailCheck check = new TrailCheck(certificates);
        new TrailWalk(log).show(through, check);
        return check.verdict(through);
    }
}
