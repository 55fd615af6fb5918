package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.KeyAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keys that the CA makes for its devices (RFC 7030, 4.4). A profile without these makes none.
 *
 * @param key what kind of key is made; one that the profile's certificates may have
 * @param delivery how a key may leave, at least one
 * @param again for how long a sealed answer is kept, to be given again to whoever asks again for the same; zero keeps none.
 *     A key that leaves in the clear is never kept
 */
public record ServerKeys(KeyAlgorithm key, Set<Delivery> delivery, Duration again) {
    private static final Set<KeyAlgorithm> MADE =
            Set.of(KeyAlgorithm.EC_P256, KeyAlgorithm.EC_P384, KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** How a key travels inside TLS. */
    public enum Delivery {
        /** Encrypted to a key of the device's, which only the device can open. */
        SEALED,
        /** As PKCS#8: whoever ends TLS, or sees this process's memory then, sees the key. */
        CLEAR;

        /** @throws IllegalArgumentException naming the accepted words */
        public static Delivery parse(String text) {
            for (Delivery delivery : values()) {
                if (delivery.toString().equals(text)) {
                    return delivery;
                }
            }
            throw new IllegalArgumentException(
                    "keys.server-made.delivery: " + text + " is not one of " + List.of(values()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ServerKeys {
        delivery = Set.copyOf(delivery);
        if (!MADE.contains(key)) {
            throw new IllegalArgumentException(
                    "keys.server-made.key is " + key + ", which the CA does not make; it makes "
                            + MADE.stream().sorted().toList());
        }
        if (delivery.isEmpty()) {
            throw new IllegalArgumentException("keys.server-made.delivery is empty: name sealed, clear or both");
        }
        if (again.isNegative() || again.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "keys.server-made.again is not between nothing and " + LONGEST.toDays() + " days: " + again);
        }
        if (again.isPositive() && !delivery.contains(Delivery.SEALED)) {
            throw new IllegalArgumentException(
                    "keys.server-made.again is for sealed keys alone; clear ones are never kept");
        }
    }
}
