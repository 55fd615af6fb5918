package dev.nameplate.ca.bench;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Standing;
import java.util.List;
import java.util.Optional;

/** Records nothing, so that only what stands before the database is measured. */
final class ForgetfulLedger implements CertificateLedger {
    @Override
    public Recording record(NewCertificate certificate, AuditEvent event) {
        return new Recording.Recorded(new IssuedCertificate(
                certificate.certificate(),
                certificate.issuer(),
                certificate.profile(),
                certificate.holder(),
                certificate.label(),
                certificate.round(),
                new Standing.Good(),
                Optional.empty()));
    }

    @Override
    public Optional<IssuedCertificate> recordedFor(RequestFingerprint request) {
        return Optional.empty();
    }

    @Override
    public Optional<IssuedCertificate> find(CertificateDer certificate) {
        return Optional.empty();
    }

    @Override
    public List<IssuedCertificate> findBySerial(SerialNumber serial) {
        return List.of();
    }

    @Override
    public Optional<Holder> holderOfKey(Sha256 keyHash) {
        return Optional.empty();
    }

    @Override
    public boolean claimKey(Sha256 keyHash, Holder holder) {
        return true;
    }

    @Override
    public List<IssuedCertificate> list(CertificateQuery query) {
        return List.of();
    }
}
