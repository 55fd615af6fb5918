package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SessionBinding;
import java.util.Optional;

/** Proof that a device showed who it is. Only {@code DeviceAuthenticator} makes one. */
public final class AuthenticatedDevice {
    private static final SessionBinding UNBOUND = new SessionBinding.Unknown("it is not from a TLS session of its own");

    private final Device device;
    private final Credential credential;
    private final Optional<KnownCertificate> certificate;
    private final Optional<PresentedIdentity> presented;
    private final DeviceId speaker;

    AuthenticatedDevice(Device device, Credential credential, Optional<KnownCertificate> certificate) {
        this(device, credential, certificate, Optional.empty(), device.id());
    }

    private AuthenticatedDevice(
            Device device,
            Credential credential,
            Optional<KnownCertificate> certificate,
            Optional<PresentedIdentity> presented,
            DeviceId speaker) {
        this.device = device;
        this.credential = credential;
        this.certificate = certificate;
        this.presented = presented;
        this.speaker = speaker;
    }

    AuthenticatedDevice by(PresentedIdentity who) {
        return new AuthenticatedDevice(device, credential, certificate, Optional.of(who), speaker);
    }

    AuthenticatedDevice spokenForBy(RegistrationAuthority authority) {
        return new AuthenticatedDevice(
                device,
                credential,
                certificate,
                presented,
                authority.itself().device().id());
    }

    /** Who asks: the device itself, or the authority that speaks for it. */
    public DeviceId speaker() {
        return speaker;
    }

    public Device device() {
        return device;
    }

    public Credential credential() {
        return credential;
    }

    /** The certificate of the TLS session, if this CA issued it. */
    public Optional<KnownCertificate> certificate() {
        return certificate;
    }

    /** What ties a request to the TLS session in which the device showed who it is. */
    public SessionBinding session() {
        return presented.map(PresentedIdentity::session).orElse(UNBOUND);
    }

    /** The address the request came from, if it came from one. */
    public Optional<String> source() {
        return presented.map(PresentedIdentity::source);
    }

    /** The certificate of the TLS session, whoever issued it, if that is what the device proved its identity with. */
    public Optional<CertificateDer> shown() {
        return credential instanceof Credential.Code
                ? Optional.empty()
                : presented.map(who -> who.clientChain().getFirst());
    }
}
