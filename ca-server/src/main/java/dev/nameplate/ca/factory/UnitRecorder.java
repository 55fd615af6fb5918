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

/** Records a certificate and its unit as one. */
record UnitRecorder(
        UnitRegister units, Recorder ledger, UnitIssue issue, DeviceId unit, Sha256 nonce, Optional<KeyPackage> wrapped)
        implements Recorder {
    @Override
    public Recording record(NewCertificate certificate, AuditEvent event) {
        var mine = new UnitCertificate(
                certificate.issuer(),
                certificate.certificate().serial(),
                certificate.certificate().keyHash(),
                nonce);
        return units.issue(issue, unit, new FreshCertificate(certificate, event, mine, wrapped));
    }

    @Override
    public Optional<IssuedCertificate> recordedFor(RequestFingerprint request) {
        return ledger.recordedFor(request);
    }
}
