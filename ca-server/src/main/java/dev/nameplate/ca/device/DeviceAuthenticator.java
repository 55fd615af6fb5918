package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides which device a request is from; the only maker of {@link AuthenticatedDevice}.
 *
 * <p>A client certificate comes first: one this CA issued (explicit trust), else one under a manufacturer anchor of the label
 * (implicit trust; it never renews anything). A password counts where there is no client certificate or it was not accepted (RFC
 * 7030, 3.2.3), so that a device whose certificate ran out can come back with a new code; but not beside a revoked or held
 * certificate, or one whose device is not active. Only attempts at codes are limited: a device with a certificate is never
 * locked out by somebody else's guessing.
 */
public final class DeviceAuthenticator {
    private final KnownCertificates known;
    private final OwnCertificateCheck ownCertificates;
    private final ManufacturerCheck manufacturers;
    private final CodeCheck codeCheck;

    public DeviceAuthenticator(
            KnownCertificates known,
            DeviceRegistry devices,
            EnrolmentCodes codes,
            AttemptLimiter limiter,
            GracePeriods grace,
            WaitingCodes waiting,
            Nonces nonces,
            InstantSource clock) {
        this.known = known;
        this.ownCertificates = new OwnCertificateCheck(known, grace, clock);
        this.manufacturers = new ManufacturerCheck(devices, clock);
        this.codeCheck = new CodeCheck(devices, codes, limiter, waiting, nonces, clock);
    }

    public Authentication identify(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        return switch (authenticate(who, label, purpose)) {
            case Authentication.Identified(var device) -> new Authentication.Identified(device.by(who));
            case Authentication.NotIdentified no -> no;
        };
    }

    private Authentication authenticate(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        if (who.clientChain().isEmpty()) {
            return byCode(who, label, purpose, withoutCertificate(who, label, purpose));
        }
        return switch (byCertificate(who, label, purpose)) {
            case CertificateFinding.Accepted(var device) -> new Authentication.Identified(device);
            case CertificateFinding.Barred(var refusal) -> new Authentication.NotIdentified(refusal);
            case CertificateFinding.NotAccepted(var refusal) -> byCode(who, label, purpose, refusal);
        };
    }

    private CertificateFinding byCertificate(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        Optional<KnownCertificate> own = known.find(who.clientChain().getFirst());
        return own.isPresent()
                ? ownCertificates.check(own.get(), label, purpose)
                : manufacturers.check(who, label, purpose);
    }

    private Authentication byCode(PresentedIdentity who, EnrolmentLabel label, Purpose purpose, Refusal otherwise) {
        if (purpose == Purpose.REENROL) {
            return new Authentication.NotIdentified(otherwise);
        }
        return who.digest()
                .filter(_ -> label.accepts(Way.DIGEST))
                .map(answer -> codeCheck.check(answer, label, who.source()))
                .or(() -> who.password()
                        .filter(_ -> label.accepts(Way.CODE))
                        .map(password -> codeCheck.check(password, label, who.source())))
                .orElseGet(() -> new Authentication.NotIdentified(otherwise));
    }

    private static Refusal withoutCertificate(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        if (purpose == Purpose.REENROL) {
            return new Refusal.NothingToRenew("this TLS session has no client certificate");
        }
        if (label.accepts(Way.CODE) || label.accepts(Way.DIGEST)) {
            return new Refusal.NotAuthenticated();
        }
        return new Refusal.WayNotAccepted(
                label.name(),
                who.password().isPresent() ? Way.CODE.toString() : "request without a client certificate");
    }
}
