package dev.nameplate.ca.factory.keys;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.TokenFacts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A destruction record in canonical JSON. */
final class DestructionJson {
    private static final String FORMAT = "nameplate-key-destruction-v1";
    private static final String INSIDE = "encrypted inside the token";
    private static final String OUTSIDE = "encrypted outside the token";

    private DestructionJson() {}

    static byte[] write(DestructionRecord entry) {
        return CanonicalJson.octets(members(entry));
    }

    static Map<String, Object> members(DestructionRecord entry) {
        return Map.of(
                "at", Times.text(entry.at()),
                "batch", entry.name().batch(),
                "destruction", destruction(entry.destruction()),
                "format", FORMAT,
                "kek", kek(entry),
                "keys", keys(entry.keys()),
                "notProved", DestructionRecord.NOT_PROVED,
                "operators", entry.operators(),
                "previous", entry.previous().toString(),
                "station", entry.name().station());
    }

    static DestructionRecord read(byte[] octets) {
        try {
            DestructionRecord entry = entry(JsonMapper.shared().readTree(octets));
            if (Arrays.equals(entry.octets(), octets)) {
                return entry;
            }
        } catch (JacksonException | DateTimeException malformed) {
            throw new IllegalArgumentException("not a destruction record: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("not a destruction record in the form that is signed");
    }

    private static Map<String, Object> destruction(KekDestruction destruction) {
        TokenFacts token = destruction.token();
        return Map.of(
                "destroyed", (long) destruction.destroyed(),
                "foundAfterwards", (long) destruction.found(),
                "token",
                        Map.of(
                                "firmware", token.firmware(),
                                "hardware", token.hardware(),
                                "label", token.label(),
                                "manufacturer", token.manufacturer(),
                                "model", token.model(),
                                "serial", token.serial()));
    }

    private static Map<String, Object> kek(DestructionRecord entry) {
        KeyEncryptionKey kek = entry.destruction().kek();
        return Map.of(
                "checkValue", kek.checkValue(),
                "handover", entry.handedOverInside() ? INSIDE : OUTSIDE,
                "id", kek.id().hex(),
                "label", kek.label(),
                "trusted", kek.trusted() ? "yes" : "no");
    }

    private static Map<String, Object> keys(InjectedKeys keys) {
        return Map.of(
                "confirmed", keys.confirmed(),
                "count", keys.count(),
                "delivered", keys.delivered(),
                "madeAs", "session objects of the token, destroyed there when each had been wrapped",
                "root", keys.root().toString());
    }

    private static DestructionRecord entry(JsonNode json) {
        JsonNode keys = json.path("keys");
        return new DestructionRecord(
                KekName.ofLabel(text(json.path("kek"), "label")),
                Instant.parse(text(json, "at")),
                new InjectedKeys(
                        number(keys, "count"),
                        Sha256.fromHex(text(keys, "root")),
                        number(keys, "delivered"),
                        number(keys, "confirmed")),
                text(json.path("kek"), "handover").equals(INSIDE),
                destruction(json),
                strings(json.path("operators")),
                Sha256.fromHex(text(json, "previous")));
    }

    private static KekDestruction destruction(JsonNode json) {
        JsonNode kek = json.path("kek");
        JsonNode destruction = json.path("destruction");
        JsonNode token = destruction.path("token");
        return new KekDestruction(
                new KeyEncryptionKey(
                        new KeyId(text(kek, "id")),
                        text(kek, "label"),
                        text(kek, "checkValue"),
                        text(kek, "trusted").equals("yes")),
                (int) number(destruction, "destroyed"),
                (int) number(destruction, "foundAfterwards"),
                new TokenFacts(
                        text(token, "label"),
                        text(token, "manufacturer"),
                        text(token, "model"),
                        text(token, "serial"),
                        text(token, "hardware"),
                        text(token, "firmware")));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asString("")));
        return strings;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static long number(JsonNode node, String field) {
        return node.path(field).asLong(-1);
    }
}
