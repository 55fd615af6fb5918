package dev.nameplate.ca.enrollment;

import java.util.Optional;

/** Seals a key the way its request asks for: the message format's business, seen from here. */
public interface Envelope {
    /** @return why nothing can be sealed for this recipient with the algorithms the request lists, if nothing can */
    Optional<String> objectionTo(Recipient recipient);

    /**
     * The key, signed by the CA and encrypted to the recipient.
     *
     * @param pkcs8 belongs to the caller, who overwrites it
     */
    byte[] seal(byte[] pkcs8, Recipient recipient);
}
