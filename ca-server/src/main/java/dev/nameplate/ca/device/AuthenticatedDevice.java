package dev.nameplate.ca.device;

import java.util.Optional;

/** Proof that a device showed who it is. Only {@code DeviceAuthenticator} makes one. */
public final class AuthenticatedDevice {
    private final Device device;
    private final Credential credential;
    private final Optional<KnownCertificate> certificate;

    AuthenticatedDevice(Device device, Credential credential, Optional<KnownCertificate> certificate) {
        this.device = device;
        this.credential = credential;
        this.certificate = certificate;
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
}
