package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.ClientUse;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** May a certificate that this CA issued still be used? That it issued it is proved by the records having the same octets. */
final class OwnCertificateCheck {
    private final KnownCertificates known;
    private final GracePeriods grace;
    private final InstantSource clock;

    OwnCertificateCheck(KnownCertificates known, GracePeriods grace, InstantSource clock) {
        this.known = known;
        this.grace = grace;
        this.clock = clock;
    }

    CertificateFinding check(KnownCertificate certificate, EnrolmentLabel label, Purpose purpose) {
        SerialNumber serial = certificate.certificate().serial();
        if (certificate.revokedAt().isPresent()) {
            return new CertificateFinding.Barred(new Refusal.CertificateRevoked(
                    serial, certificate.revokedAt().get()));
        }
        if (certificate.device().isEmpty()) {
            return new CertificateFinding.NotAccepted(new Refusal.CertificateNotForClients(
                    serial, "it was issued to " + certificate.holder() + ", not to a device"));
        }
        Device device = certificate.device().get();
        if (device.state() != Device.State.ACTIVE) {
            return new CertificateFinding.Barred(
                    new Refusal.DeviceNotActive(device.id(), device.state().word()));
        }
        return objectionTo(certificate, label, purpose)
                .<CertificateFinding>map(CertificateFinding.NotAccepted::new)
                .orElseGet(() -> accepted(certificate, device));
    }

    private Optional<Refusal> objectionTo(KnownCertificate certificate, EnrolmentLabel label, Purpose purpose) {
        boolean speaksForOthers = label.accepts(Way.RA) && RegistrationAuthority.isAuthority(certificate.certificate());
        if (!label.accepts(Way.CERTIFICATE) && !speaksForOthers) {
            return Optional.of(new Refusal.WayNotAccepted(label.name(), Way.CERTIFICATE.toString()));
        }
        return datesObjection(certificate, purpose)
                .or(() -> ClientUse.objectionTo(certificate.certificate())
                        .map(why -> new Refusal.CertificateNotForClients(
                                certificate.certificate().serial(), why)));
    }

    /** Grace is for renewing this certificate, not for anything else. */
    private Optional<Refusal> datesObjection(KnownCertificate certificate, Purpose purpose) {
        Validity validity = Validity.of(certificate.certificate());
        Duration after = purpose == Purpose.REENROL ? grace.after(certificate.profile()) : Duration.ZERO;
        return validity.objectionAt(
                clock.instant(), after, certificate.certificate().serial());
    }

    private CertificateFinding accepted(KnownCertificate certificate, Device device) {
        Instant now = clock.instant();
        if (certificate.firstUsedAt().isEmpty()) {
            known.noteUse(certificate.certificate(), now);
        }
        var credential = new Credential.OwnCertificate(certificate.certificate().fingerprint());
        return new CertificateFinding.Accepted(new AuthenticatedDevice(device, credential, Optional.of(certificate)));
    }
}
