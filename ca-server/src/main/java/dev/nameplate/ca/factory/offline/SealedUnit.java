package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in one envelope of a bundle: a unit that no device is yet.
 *
 * @param chain its certificate first, then those above it
 * @param toSign what the device signs to show that it has the key
 * @param wrappedKey its private key under the key-encryption key of batch and station (RFC 5958)
 */
public record SealedUnit(DeviceId unit, List<CertificateDer> chain, byte[] toSign, byte[] wrappedKey) {
    public SealedUnit {
        chain = List.copyOf(chain);
        toSign = toSign.clone();
        wrappedKey = wrappedKey.clone();
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("unit " + unit + " has no certificate");
        }
    }

    @Override
    public byte[] toSign() {
        return toSign.clone();
    }

    @Override
    public byte[] wrappedKey() {
        return wrappedKey.clone();
    }

    public CertificateDer certificate() {
        return chain.getFirst();
    }

    public byte[] octets() {
        return CanonicalJson.octets(Map.of(
                "unit", unit.value(),
                "chain", chain.stream().map(each -> base64(each.octets())).toList(),
                "toSign", base64(toSign),
                "key", base64(wrappedKey)));
    }

    /** @throws IllegalArgumentException if this is something else */
    public static SealedUnit parse(byte[] octets) {
        try {
            JsonNode json = JsonMapper.shared().readTree(octets);
            return new SealedUnit(
                    new DeviceId(json.path("unit").asString("")),
                    StreamSupport.stream(json.path("chain").spliterator(), false)
                            .map(each -> CertificateDer.parse(decoded(each)))
                            .toList(),
                    decoded(json.path("toSign")),
                    decoded(json.path("key")));
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("not a unit of a bundle", malformed);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedUnit that && Arrays.equals(octets(), that.octets());
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, chain);
    }

    @Override
    public String toString() {
        return "SealedUnit[" + unit + "]";
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] decoded(JsonNode text) {
        return Base64.getDecoder().decode(text.asString(""));
    }
}
