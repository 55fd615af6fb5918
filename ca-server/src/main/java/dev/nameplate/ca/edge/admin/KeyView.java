package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.rotation.KeyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A key of this CA.
 *
 * @param purpose as in {@code issuer devices/1}, {@code audit}, {@code door-device}
 * @param uri where it is: RFC 7512, or {@code file:} below the home
 * @param token its label; absent for a file
 * @param algorithm absent if the key is not there
 * @param state as in {@code active}; {@code missing} if the token has no such key, {@code unknown} if no record tells of it
 */
record KeyView(
        String purpose,
        String uri,
        Optional<String> token,
        Optional<String> algorithm,
        String state,
        Optional<Age> age,
        Optional<Instant> nextRotation,
        Optional<Instant> certificateEnds) {

    /** @param days whole ones since then */
    record Age(Instant madeAt, long days) {}

    static KeyView of(KeyEntry entry, Instant now) {
        Instant madeAt = entry.times().madeAt();
        return new KeyView(
                entry.purpose(),
                entry.uri(),
                Optional.of(entry.token()).filter(token -> !token.isEmpty()),
                Optional.of(entry.algorithm()).filter(algorithm -> !algorithm.isEmpty()),
                entry.state(),
                Optional.of(madeAt)
                        .filter(Instant.EPOCH::isBefore)
                        .map(made -> new Age(made, Duration.between(made, now).toDays())),
                entry.times().next(),
                entry.times().certificateEnds());
    }
}
