package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.Selector;
import dev.nameplate.ca.renewal.Window;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whose renewal is to be pulled forward, and when.
 *
 * @param reason devices are told
 * @param explanation a URL that devices are told
 */
record NewPull(Which selection, Instant start, Instant end, String reason, Optional<String> explanation) {

    /**
     * All of it has to fit, and something has to be given.
     *
     * @param issuer whichever of its keys signed
     * @param generation the one key that signed
     */
    record Which(
            Optional<Map<String, String>> attributes,
            Optional<ProfileName> profile,
            Optional<IssuerName> issuer,
            Optional<IssuerGeneration> generation,
            Optional<KeyAlgorithm> key) {

        Selector toSelector() {
            try {
                return new Selector(attributes.orElse(Map.of()), profile, issuer, generation, key);
            } catch (IllegalArgumentException e) {
                throw MalformedCallException.field("selection", "selection: " + e.getMessage());
            }
        }
    }

    Window window() {
        try {
            return new Window(start, end);
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field("end", "end: " + e.getMessage());
        }
    }

    Pull.Why why() {
        try {
            return new Pull.Why(reason, explanation.map(URI::create));
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field("reason", "reason: " + e.getMessage());
        }
    }
}
