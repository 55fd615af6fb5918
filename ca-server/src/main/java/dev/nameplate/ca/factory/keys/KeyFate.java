package dev.nameplate.ca.factory.keys;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one injected key.
 *
 * @param key the SHA-256 of its SubjectPublicKeyInfo
 * @param deliveredAt when the station had the wrapped key for certain
 * @param confirmedAt when the device showed that it has the key
 */
public record KeyFate(Sha256 key, Optional<Instant> deliveredAt, Optional<Instant> confirmedAt) {
    /** The leaf in the tree of a {@link DestructionRecord}: {@code {"confirmedAt":time,"deliveredAt":time,"key":hex}}, canonical. */
    byte[] leaf() {
        Map<String, String> members = new TreeMap<>();
        members.put("key", key.toString());
        deliveredAt.ifPresent(at -> members.put("deliveredAt", Times.text(at)));
        confirmedAt.ifPresent(at -> members.put("confirmedAt", Times.text(at)));
        return CanonicalJson.octets(members);
    }
}
