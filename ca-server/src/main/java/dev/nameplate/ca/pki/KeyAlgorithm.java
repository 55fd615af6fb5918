package dev.nameplate.ca.pki;

import java.util.List;
import java.util.Locale;

/** Kinds of subject keys that a profile may allow. Settings write them in lower case with a dash: {@code ec-p256}. */
public enum KeyAlgorithm {
    EC_P256,
    EC_P384,
    EC_P521,
    RSA_2048,
    RSA_3072,
    RSA_4096,
    ED25519,
    ML_DSA_44,
    ML_DSA_65,
    ML_DSA_87;

    /** @throws IllegalArgumentException naming the accepted words */
    public static KeyAlgorithm parse(String text) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.toString().equals(text)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(Text.shown(text) + " is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
