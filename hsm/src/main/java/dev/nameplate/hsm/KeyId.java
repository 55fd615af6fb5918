package dev.nameplate.hsm;

import java.security.SecureRandom;
import java.util.HexFormat;

/** CKA_ID: what ties the objects of one key pair together in a token. At most 255 bytes, not empty. */
public record KeyId(String hex) {
    private static final int RANDOM_BYTES = 16;
    private static final int MAX_BYTES = 255;

    public KeyId {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "key id has " + bytes.length + " bytes; between 1 and " + MAX_BYTES + " are right");
        }
        hex = HexFormat.of().formatHex(bytes);
    }

    public static KeyId of(byte[] bytes) {
        return new KeyId(HexFormat.of().formatHex(bytes));
    }

    public static KeyId random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
