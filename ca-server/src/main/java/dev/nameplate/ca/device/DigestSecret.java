package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What HTTP Digest needs of a password (RFC 7616, 3.4): H(A1), over user, realm and password. It cannot be made from a salted hash, so
 * it is kept beside that; whoever has it can answer challenges of this realm, and nothing else.
 */
public final class DigestSecret {
    /** Stands in every H(A1): another realm would make every code that is out there useless. */
    public static final String REALM = "Nameplate: device id and one-time code";

    private DigestSecret() {}

    static Sha256 of(String user, Secret password) {
        byte[] start = (user + ":" + REALM + ":").getBytes(StandardCharsets.UTF_8);
        byte[] end = password.utf8();
        try {
            return Sha256.of(start, end);
        } finally {
            Arrays.fill(end, (byte) 0);
        }
    }

    /** What somebody with this secret answers. */
    static byte[] response(Sha256 secret, DigestAnswer answer) {
        Sha256 request = hash(answer.request().method() + ":" + answer.request().claimed());
        DigestAnswer.Nonce nonce = answer.nonce();
        return hash(String.join(
                        ":",
                        secret.toString(),
                        nonce.ofServer(),
                        nonce.count(),
                        nonce.ofClient(),
                        "auth",
                        request.toString()))
                .octets();
    }

    private static Sha256 hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
