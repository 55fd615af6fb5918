package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.approval.EvidenceArchive.Kept;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Attestation;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.policy.AdmittedRequest;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Keeps the key attestation that comes with requests, before anything is decided on them. */
public final class Attestations {
    private final EvidenceArchive archive;
    private final InstantSource clock;

    public Attestations(EvidenceArchive archive, InstantSource clock) {
        this.archive = archive;
        this.clock = clock;
    }

    Evidence.Finding of(AdmittedRequest admitted, EnrolmentLabel label, Csr csr, Cause cause) {
        Attestation terms = label.terms().attestation();
        if (terms == Attestation.IGNORED) {
            return new Evidence.Finding.None();
        }
        return switch (Evidence.in(csr)) {
            case Evidence.Finding.None()
            when terms == Attestation.REQUIRED -> new Evidence.Finding.Unfit(new Refusal.AttestationMissing());
            case Evidence.Finding.Found(var evidence) -> {
                keep(evidence, admitted, cause);
                yield new Evidence.Finding.Found(evidence);
            }
            case Evidence.Finding other -> other;
        };
    }

    private void keep(Evidence evidence, AdmittedRequest admitted, Cause cause) {
        Instant now = clock.instant();
        var request = RequestFingerprint.of(admitted.credential(), admitted.label(), admitted.keyHash());
        var device = new DeviceId(admitted.holder().name());
        AuditEvent event = cause.event(
                now,
                "attestation.kept",
                admitted.holder().toString(),
                Map.of(
                        "key", admitted.keyHash().toString(),
                        "label", admitted.label().value(),
                        "sha256", evidence.hash().toString()));
        archive.keep(new Kept(request, device, admitted.keyHash(), now, evidence), event);
    }
}
