package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.MessageAuthenticator;
import dev.nameplate.ca.device.SignerFinding;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.Revocations;
import java.util.Optional;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What a signed message may have done (RFC 5272): a device, for itself; a registration authority, for devices. An authority names
 * the device by the subject's common name.
 */
public final class MessageEnrollment {
    private final Enrolling enrollment;
    private final MessageAuthenticator authenticator;
    private final CertificateLedger ledger;
    private final Revocations revocations;

    /** {@link Enrollment#enroll}, or what stands before it. */
    @FunctionalInterface
    public interface Enrolling {
        EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request);
    }

    public MessageEnrollment(
            Enrolling enrollment,
            MessageAuthenticator authenticator,
            CertificateLedger ledger,
            Revocations revocations) {
        this.enrollment = enrollment;
        this.authenticator = authenticator;
        this.ledger = ledger;
        this.revocations = revocations;
    }

    public EnrollmentOutcome enroll(SignerFinding signer, EnrolmentLabel label, Csr csr, RequestId request) {
        return switch (applicant(signer, csr)) {
            case Authentication.NotIdentified(var refusal) -> new EnrollmentOutcome.Refused(refusal);
            case Authentication.Identified(var device) -> enrollment.enroll(device, label, csr, request);
        };
    }

    /** A device has its own certificates revoked, an authority those of any device. */
    public Revocation revoke(SignerFinding signer, RevocationWish wish, RequestId request) {
        return switch (signer) {
            case SignerFinding.NotIdentified(var refusal) -> new Revocation.Refused(refusal);
            case SignerFinding.Holder(var device) -> revoke(device, wish, Optional.of(holder(device)), request);
            case SignerFinding.Authority(var authority) -> revoke(authority.itself(), wish, Optional.empty(), request);
        };
    }

    private Authentication applicant(SignerFinding signer, Csr csr) {
        return switch (signer) {
            case SignerFinding.NotIdentified(var refusal) -> new Authentication.NotIdentified(refusal);
            case SignerFinding.Holder(var device) -> new Authentication.Identified(device);
            case SignerFinding.Authority(var authority) ->
                named(csr)
                        .map(device -> authenticator.onBehalf(authority, device))
                        .orElseGet(() -> new Authentication.NotIdentified(new Refusal.FieldWrong(
                                "subject", "its common name is not the id of a device, which an RA has to name")));
        };
    }

    private static Optional<DeviceId> named(Csr csr) {
        var names = Names.values(csr.subject(), BCStyle.CN);
        return names.size() == 1 ? DeviceId.from(names.getFirst()) : Optional.empty();
    }

    /** @param only whose certificates alone, if not any device's */
    private Revocation revoke(
            AuthenticatedDevice signer, RevocationWish wish, Optional<Holder> only, RequestId request) {
        Optional<IssuedCertificate> certificate = ledger.findBySerial(wish.serial()).stream()
                .filter(issued -> Names.same(issued.certificate().parsed().getIssuer(), wish.issuer()))
                .filter(issued -> issued.holder().kind() == Holder.Kind.DEVICE)
                .filter(issued -> only.map(issued.holder()::equals).orElse(true))
                .findFirst();
        return certificate
                .map(issued -> revocations.revoke(
                        issued.issuer(),
                        issued.serial(),
                        wish.reason(),
                        Optional.empty(),
                        Cause.of(Actor.of(holder(signer)), request)))
                .orElseGet(() -> new Revocation.Refused(
                        new Refusal.NotFound("certificate " + wish.serial() + " that the signer may have revoked")));
    }

    private static Holder holder(AuthenticatedDevice device) {
        return Holder.of(device.device().id());
    }
}
