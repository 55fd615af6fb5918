package dev.nameplate.ca.approval.webhook;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that the CA and the webhook have in common. Shows itself as {@code ***}. */
public final class HmacSecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_OCTETS = 32;

    private final byte[] octets;

    /** @throws IllegalArgumentException if it has less than 32 octets (RFC 7518, 3.2) */
    public HmacSecret(byte[] octets) {
        if (octets.length < MIN_OCTETS) {
            throw new IllegalArgumentException("webhook.secret-file holds less than " + MIN_OCTETS
                    + " octets; make them with `openssl rand -hex 32`");
        }
        this.octets = octets.clone();
    }

    byte[] of(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(octets, ALGORITHM));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
