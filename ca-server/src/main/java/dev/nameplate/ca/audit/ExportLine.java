package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of an export. What is read must be, octet for octet, what would have been written. */
sealed interface ExportLine {
    String FORMAT = "nameplate-audit-export-v1";
    JsonMapper JSON = JsonMapper.shared();

    record Head(List<CertificateDer> certificates, long entries, Instant exportedAt) implements ExportLine {}

    record Entry(AuditEntry entry) implements ExportLine {}

    record Seal(AuditSeal seal) implements ExportLine {}

    static byte[] head(List<CertificateDer> certificates, long entries, Instant exportedAt) {
        List<String> base64 = certificates.stream()
                .map(certificate -> Base64.getEncoder().encodeToString(certificate.octets()))
                .toList();
        return CanonicalJson.octets(Map.of(
                "certificates", base64,
                "entries", entries,
                "exportedAt", AuditChain.TIME.format(exportedAt),
                "format", FORMAT));
    }

    static byte[] of(AuditEntry entry) {
        return CanonicalJson.octets(Map.of(
                "entry",
                Map.of(
                        "event", AuditChain.members(entry.event()),
                        "hash", entry.hash().toString(),
                        "number", entry.number(),
                        "previous", entry.previous().toString())));
    }

    static byte[] of(AuditSeal seal) {
        return CanonicalJson.octets(Map.of(
                "seal",
                Map.of(
                        "at", AuditChain.TIME.format(seal.at()),
                        "hash", seal.hash().toString(),
                        "number", seal.number(),
                        "signature", Base64.getEncoder().encodeToString(seal.signature()),
                        "signer", seal.signer().toString())));
    }

    /** @return empty if this is no line that this class writes */
    static Optional<ExportLine> parse(byte[] line) {
        try {
            ExportLine parsed = parsed(JSON.readTree(line));
            return Arrays.equals(line, written(parsed)) ? Optional.of(parsed) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | DateTimeException notALine) {
            return Optional.empty();
        }
    }

    private static byte[] written(ExportLine line) {
        return switch (line) {
            case Head(var certificates, var entries, var at) -> head(certificates, entries, at);
            case Entry(var entry) -> of(entry);
            case Seal(var seal) -> of(seal);
        };
    }

    private static ExportLine parsed(JsonNode line) {
        if (line.has("entry")) {
            return new Entry(entry(line.path("entry")));
        }
        return line.has("seal") ? new Seal(seal(line.path("seal"))) : head(line);
    }

    private static Head head(JsonNode head) {
        List<CertificateDer> certificates = new ArrayList<>();
        for (JsonNode certificate : head.path("certificates")) {
            certificates.add(CertificateDer.parse(Base64.getDecoder().decode(certificate.asString(""))));
        }
        return new Head(certificates, head.path("entries").asLong(-1), Instant.parse(text(head, "exportedAt")));
    }

    private static AuditEntry entry(JsonNode entry) {
        return new AuditEntry(
                entry.path("number").asLong(-1),
                event(entry.path("event")),
                hash(entry, "previous"),
                hash(entry, "hash"));
    }

    private static AuditEvent event(JsonNode event) {
        Map<String, String> facts = new TreeMap<>();
        event.path("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString("")));
        return new AuditEvent(
                Instant.parse(text(event, "at")),
                text(event, "action"),
                new Actor(text(event, "actor")),
                text(event, "subject"),
                event.has("request") ? Optional.of(new RequestId(text(event, "request"))) : Optional.empty(),
                facts);
    }

    private static AuditSeal seal(JsonNode seal) {
        return new AuditSeal(
                seal.path("number").asLong(-1),
                hash(seal, "hash"),
                Instant.parse(text(seal, "at")),
                hash(seal, "signer"),
                Base64.getDecoder().decode(text(seal, "signature")));
    }

    private static Sha256 hash(JsonNode node, String field) {
        return Sha256.fromHex(text(node, field));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
