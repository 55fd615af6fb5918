package dev.nameplate.ca.device;

/** Proof that a message is from a registration authority of this CA. Only {@link MessageAuthenticator} makes one. */
public final class RegistrationAuthority {
    private final AuthenticatedDevice itself;

    RegistrationAuthority(AuthenticatedDevice itself) {
        this.itself = itself;
    }

    /** The device that is the authority. */
    public AuthenticatedDevice itself() {
        return itself;
    }
}
