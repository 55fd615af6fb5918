package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recorder;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.util.Optional;

/** Records a certificate and its unit as one; for one unit, by one thread. */
final class UnitRecorder implements Recorder {
    private final UnitRegister units;
    private final Recorder ledger;
    private final Fresh fresh;
    private Optional<Unit> recorded = Optional.empty();

    /** What goes into the records with the certificate. */
    record Fresh(UnitIssue issue, DeviceId unit, Sha256 nonce, Optional<KeyPackage> wrapped) {}

    UnitRecorder(UnitRegister units, Recorder ledger, Fresh fresh) {
        this.units = units;
        this.ledger = ledger;
        this.fresh = fresh;
    }

    @Override
    public Recording record(NewCertificate certificate, AuditEvent event) {
        var mine = new UnitCertificate(
                certificate.issuer(),
                certificate.certificate().serial(),
                certificate.certificate().keyHash(),
                fresh.nonce());
        UnitRecording outcome = units.issue(
                fresh.issue(), fresh.unit(), new FreshCertificate(certificate, event, mine, fresh.wrapped()));
        recorded = outcome.unit();
        return outcome.recording();
    }

    @Override
    public Optional<IssuedCertificate> recordedFor(RequestFingerprint request) {
        return ledger.recordedFor(request);
    }

    /** The unit with the certificate that was recorded here, if one was. */
    Optional<Unit> recorded() {
        return recorded;
    }
}
