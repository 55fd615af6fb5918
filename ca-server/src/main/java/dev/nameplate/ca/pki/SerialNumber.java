package dev.nameplate.ca.pki;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/** Positive, and at most 20 octets in DER (RFC 5280, 4.1.2.2). */
public record SerialNumber(BigInteger value) {
    private static final int MAX_BITS = 159;
    private static final int RANDOM_BITS = 128;

    public SerialNumber {
        if (value.signum() <= 0 || value.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("serial has " + value.bitLength() + " bits, sign " + value.signum());
        }
    }

    /** Nothing, if this number cannot be a serial. */
    public static Optional<SerialNumber> of(BigInteger value) {
        return value.signum() > 0 && value.bitLength() <= MAX_BITS
                ? Optional.of(new SerialNumber(value))
                : Optional.empty();
    }

    /** 128 random bits. */
    public static SerialNumber random(SecureRandom random) {
        BigInteger value = new BigInteger(RANDOM_BITS, random);
        return value.signum() == 0 ? random(random) : new SerialNumber(value);
    }

    /**
     * Hexadecimal, upper or lower case, with or without colons, as OpenSSL and {@link #toString} print it.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static SerialNumber parse(String text) {
        String hex = text.replace(":", "");
        if (!hex.matches("[0-9A-Fa-f]{1,40}")) {
            throw new IllegalArgumentException("serial is not 1 to 40 hexadecimal digits: " + text);
        }
        return new SerialNumber(new BigInteger(hex, 16));
    }

    /** Lower-case hexadecimal with an even number of digits. */
    @Override
    public String toString() {
        String hex = value.toString(16).toLowerCase(Locale.ROOT);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
