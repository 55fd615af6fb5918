package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** Only the certificate of the TLS session is renewed, at a label that issues such certificates, and not after its successor was used. */
final class RenewsItself {
    private RenewsItself() {}

    static Optional<Refusal> objectionTo(KnownCertificate certificate, Profile profile) {
        if (!certificate.profile().equals(profile.name())) {
            return Optional.of(new Refusal.NothingToRenew("the certificate of this session has the profile "
                    + certificate.profile() + ", this label renews " + profile.name()));
        }
        if (!certificate.issuer().issuer().equals(profile.issuer())) {
            return Optional.of(new Refusal.NothingToRenew("the certificate of this session is from the issuer "
                    + certificate.issuer().issuer() + ", this label's is " + profile.issuer()));
        }
        return superseded(certificate);
    }

    /** A successor in use means that this key may exist twice. */
    static Optional<Refusal> superseded(KnownCertificate certificate) {
        return certificate
                .successorInUse()
                .map(successor -> new Refusal.CertificateSuperseded(
                        certificate.certificate().serial(), successor));
    }
}
