package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish for a key and its certificate. */
public sealed interface KeyDelivery {
    /** @param message only its recipient can open it */
    record Sealed(IssuedCertificate certificate, byte[] message) implements KeyDelivery {}

    /** @param pkcs8 for whoever delivers it to overwrite; there is no other copy */
    record InTheClear(IssuedCertificate certificate, byte[] pkcs8) implements KeyDelivery {}

    record Refused(Refusal refusal) implements KeyDelivery {}
}
