package dev.nameplate.ca.renewal;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.ProfileName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cohort of devices' certificates: those that fit everything given here.
 *
 * @param attributes the device has these, each with exactly this value: product, firmware, chip, batch and the like
 * @param issuer whichever of its keys signed
 * @param generation of an issuer: the one key that signed
 */
public record Selector(
        Map<String, String> attributes,
        Optional<ProfileName> profile,
        Optional<IssuerName> issuer,
        Optional<IssuerGeneration> generation,
        Optional<KeyAlgorithm> key) {
    private static final String ATTRIBUTE = "attribute.";
    private static final String PROFILE = "profile";
    private static final String ISSUER = "issuer";
    private static final String GENERATION = "generation";
    private static final String KEY = "key";

    public Selector {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (attributes.isEmpty() && profile.isEmpty() && issuer.isEmpty() && generation.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException("a selection that leaves nothing out; say which certificates are meant");
        }
    }

    /** Everything one issuer key signed, as for its rotation. */
    public static Selector of(IssuerGeneration generation) {
        return new Selector(Map.of(), Optional.empty(), Optional.empty(), Optional.of(generation), Optional.empty());
    }

    /** @param words as {@link #words} gives them */
    public static Selector of(Map<String, String> words) {
        Map<String, String> attributes = new TreeMap<>();
        words.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
            }
        });
        return new Selector(
                attributes,
                Optional.ofNullable(words.get(PROFILE)).map(ProfileName::new),
                Optional.ofNullable(words.get(ISSUER)).map(IssuerName::new),
                Optional.ofNullable(words.get(GENERATION)).map(IssuerGeneration::parse),
                Optional.ofNullable(words.get(KEY)).map(KeyAlgorithm::parse));
    }

    /** Everything given, by name, as the records and the audit trail show it. */
    public Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        attributes.forEach((name, value) -> words.put(ATTRIBUTE + name, value));
        profile.ifPresent(name -> words.put(PROFILE, name.value()));
        issuer.ifPresent(name -> words.put(ISSUER, name.value()));
        generation.ifPresent(number -> words.put(GENERATION, number.toString()));
        key.ifPresent(algorithm -> words.put(KEY, algorithm.toString()));
        return words;
    }

    boolean has(KnownCertificate certificate) {
        return profile.map(certificate.profile()::equals).orElse(true)
                && issuer.map(certificate.issuer().issuer()::equals).orElse(true)
                && generation.map(certificate.issuer()::equals).orElse(true)
                && hasAttributes(certificate)
                && hasKey(certificate);
    }

    boolean has(HeldCertificate certificate) {
        return profile.map(certificate.profile()::equals).orElse(true)
                && issuer.map(certificate.issuer().issuer()::equals).orElse(true)
                && generation.map(certificate.issuer()::equals).orElse(true)
                && certificate.attributes().entrySet().containsAll(attributes.entrySet())
                && (key.isEmpty() || certificate.key().equals(key));
    }

    private boolean hasAttributes(KnownCertificate certificate) {
        return attributes.isEmpty()
                || certificate
                        .device()
                        .map(Device::attributes)
                        .filter(known -> known.entrySet().containsAll(attributes.entrySet()))
                        .isPresent();
    }

    private boolean hasKey(KnownCertificate certificate) {
        return key.isEmpty()
                || Keys.algorithmOf(certificate.certificate().parsed().getSubjectPublicKeyInfo())
                        .equals(key);
    }
}
