package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** Whose signature a label takes under a CMC request (RFC 5272). */
public enum CmcSigner {
    /** A device's own: with a certificate of this CA that is in force. */
    HOLDER,
    /** That of a device whose certificate of this CA makes it a registration authority (id-kp-cmcRA, RFC 6402, 2.10). */
    RA;

    /** @throws IllegalArgumentException naming the accepted words */
    public static CmcSigner parse(String text) {
        for (CmcSigner signer : values()) {
            if (signer.toString().equals(text)) {
                return signer;
            }
        }
        throw new IllegalArgumentException("cmc: " + text + " is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
