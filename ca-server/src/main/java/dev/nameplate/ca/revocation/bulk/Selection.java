package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which certificates of devices a plan is about: those that fit everything given here, have not expired and are not revoked for
 * good.
 *
 * @param attributes the device has these, each with exactly this value
 * @param issuedFrom issued at this time or later
 * @param issuedBefore issued before this time
 * @param listed whether they are named one by one as well
 */
public record Selection(
        Map<String, String> attributes,
        Optional<ProfileName> profile,
        Optional<IssuerGeneration> issuer,
        Optional<KeyAlgorithm> key,
        Optional<Instant> issuedFrom,
        Optional<Instant> issuedBefore,
        Listed listed) {

    /** What stands in the list that belongs to the plan. */
    public enum Listed {
        NOTHING,
        DEVICES,
        SERIALS
    }

    public Selection {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        boolean fitsAll = attributes.isEmpty()
                && profile.isEmpty()
                && issuer.isEmpty()
                && key.isEmpty()
                && issuedFrom.isEmpty()
                && issuedBefore.isEmpty();
        if (fitsAll && listed == Listed.NOTHING) {
            throw new IllegalArgumentException("a selection that leaves nothing out; say which certificates are meant");
        }
    }

    /** Everything given, by name, as files and the audit trail show it. */
    public Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        attributes.forEach((name, value) -> words.put("attribute." + name, value));
        profile.ifPresent(name -> words.put("profile", name.value()));
        issuer.ifPresent(generation -> words.put("issuer", generation.toString()));
        key.ifPresent(algorithm -> words.put("key", algorithm.toString()));
        issuedFrom.ifPresent(time -> words.put("issued-from", time.toString()));
        issuedBefore.ifPresent(time -> words.put("issued-before", time.toString()));
        switch (listed) {
            case NOTHING -> {}
            case DEVICES -> words.put("listed", "devices");
            case SERIALS -> words.put("listed", "serials");
        }
        return words;
    }
}
