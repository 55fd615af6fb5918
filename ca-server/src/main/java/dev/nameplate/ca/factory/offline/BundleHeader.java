package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle is; the CA signs its octets, canonical JSON.
 *
 * @param units the slice of the batch's quota
 * @param expiresAt when what was not reported by then is revoked
 * @param journalKey the SHA-256 of the SubjectPublicKeyInfo that signs the journal
 */
public record BundleHeader(
        BundleName bundle,
        BatchName batch,
        OperatorName station,
        int units,
        Instant drawnAt,
        Instant expiresAt,
        Sha256 journalKey) {
    private static final String FORMAT = "nameplate-bundle-v1";

    /** As it is signed. */
    public byte[] octets() {
        return CanonicalJson.octets(Map.of(
                "format", FORMAT,
                "bundle", bundle.value(),
                "batch", batch.value(),
                "station", station.value(),
                "units", (long) units,
                "drawnAt", drawnAt.toString(),
                "expiresAt", expiresAt.toString(),
                "journalKey", journalKey.toString()));
    }

    /** What the first line of the journal names as the one before. */
    public Sha256 hash() {
        return Sha256.of(octets());
    }

    /** @throws IllegalArgumentException if these are not, octet for octet, what {@link #octets} writes */
    public static BundleHeader parse(byte[] octets) {
        try {
            JsonNode json = JsonMapper.shared().readTree(octets);
            BundleHeader header = new BundleHeader(
                    new BundleName(text(json, "bundle")),
                    new BatchName(text(json, "batch")),
                    new OperatorName(text(json, "station")),
                    json.path("units").asInt(0),
                    Instant.parse(text(json, "drawnAt")),
                    Instant.parse(text(json, "expiresAt")),
                    Sha256.fromHex(text(json, "journalKey")));
            if (Arrays.equals(header.octets(), octets)) {
                return header;
            }
        } catch (JacksonException | DateTimeException malformed) {
            throw new IllegalArgumentException("not the header of a bundle: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("not the header of a bundle in the form that is signed");
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString("");
    }
}
