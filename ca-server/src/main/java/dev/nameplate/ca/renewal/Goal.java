package dev.nameplate.ca.renewal;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every device of a campaign is to have in the end. Without either, any newer certificate will do.
 *
 * @param key with such a key
 * @param generation signed by this issuer's key
 */
public record Goal(Optional<KeyAlgorithm> key, Optional<IssuerGeneration> generation) {
    public static final Goal RENEWED = new Goal(Optional.empty(), Optional.empty());

    /** @param since when the campaign was made */
    boolean isMetBy(HeldCertificate newest, Instant since) {
        if (key.isEmpty() && generation.isEmpty()) {
            return newest.issuedAt().isAfter(since);
        }
        return (key.isEmpty() || newest.key().equals(key))
                && generation.map(newest.issuer()::equals).orElse(true);
    }

    Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        key.ifPresent(algorithm -> words.put("to-algorithm", algorithm.toString()));
        generation.ifPresent(number -> words.put("to-generation", number.toString()));
        return words;
    }
}
