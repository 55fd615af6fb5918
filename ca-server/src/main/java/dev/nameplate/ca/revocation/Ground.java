package dev.nameplate.ca.revocation;

/** Why a certificate is held. */
public enum Ground {
    /** Somebody held this very certificate. */
    ITSELF,

    /** Somebody held its device. */
    DEVICE
}
