package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry of a journal.
 *
 * @param number counted from 1
 * @param previous the SHA-256 of the line before; of the header for the first
 * @param at by the station's clock, which may be wrong: nothing is decided by it
 */
public record JournalEntry(BundleName bundle, int number, Sha256 previous, Instant at, DeviceId unit, Deed deed) {
    byte[] octets() {
        Map<String, Object> members = new TreeMap<>(Map.of(
                "bundle", bundle.value(),
                "number", (long) number,
                "previous", previous.toString(),
                "at", at.toString(),
                "unit", unit.value(),
                "deed", deed.word()));
        switch (deed) {
            case Deed.Taken(var device) -> members.put("device", device);
            case Deed.Proved(var signature) ->
                members.put("signature", Base64.getEncoder().encodeToString(signature));
            case Deed.Scrapped(var reason) -> members.put("reason", reason);
            case Deed.Written() -> members.remove("reason");
        }
        return CanonicalJson.octets(members);
    }

    static JournalEntry parse(byte[] octets) {
        try {
            JsonNode json = JsonMapper.shared().readTree(octets);
            return new JournalEntry(
                    new BundleName(text(json, "bundle")),
                    json.path("number").asInt(0),
                    Sha256.fromHex(text(json, "previous")),
                    Instant.parse(text(json, "at")),
                    new DeviceId(text(json, "unit")),
                    deed(json));
        } catch (JacksonException | DateTimeException malformed) {
            throw new IllegalArgumentException("not an entry of a journal", malformed);
        }
    }

    private static Deed deed(JsonNode json) {
        return switch (text(json, "deed")) {
            case "taken" -> new Deed.Taken(text(json, "device"));
            case "written" -> new Deed.Written();
            case "proved" -> new Deed.Proved(Base64.getDecoder().decode(text(json, "signature")));
            case "scrapped" -> new Deed.Scrapped(text(json, "reason"));
            default -> throw new IllegalArgumentException("not an entry of a journal: no such deed");
        };
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString("");
    }
}
