package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.pki.MerkleRoot;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of a batch when it is over, in canonical JSON (RFC 8785).
 *
 * @param root of the {@link MerkleRoot} over the {@link UnitRecord} of every unit, in the order of their ids
 * @param keys what {@link KeyDestruction} said
 */
public record ClosingRecord(
        Batch batch, Sha256 root, Map<UnitState, Integer> counts, Tally tally, Map<String, ?> keys, End end) {
    static final String FORMAT = "nameplate-batch-closing-v1";

    /** When and on whose word. */
    public record End(Instant at, Actor by) {}

    byte[] octets() {
        WorkOrder order = batch.order();
        Map<String, Object> members = new TreeMap<>();
        members.put("format", FORMAT);
        members.put("batch", batch.name().value());
        members.put("product", order.product());
        members.put("profile", order.profile().value());
        members.put("keyOrigin", order.keys().origin().word());
        members.put("quota", (long) order.quota());
        members.put("used", (long) batch.used());
        members.put(
                "units", counts.values().stream().mapToLong(Integer::longValue).sum());
        members.put("outcomes", outcomes());
        members.put("tally", tallied());
        members.put("unitsRoot", root.toString());
        members.put("stations", stations());
        members.put("createdAt", batch.createdAt().toString());
        members.put("closedAt", end.at().toString());
        members.put("closedBy", end.by().value());
        members.put("keys", keys);
        return CanonicalJson.octets(members);
    }

    private Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        counts.forEach((state, count) -> outcomes.put(state.word(), count.longValue()));
        return outcomes;
    }

    private Map<String, Long> tallied() {
        return Map.of(
                "issued", (long) tally.issued(),
                "retried", (long) tally.retried(),
                "verified", (long) tally.verified(),
                "scrapped", (long) tally.scrapped(),
                "reworked", (long) tally.reworked());
    }

    private List<String> stations() {
        return batch.stations().stream().map(OperatorName::value).sorted().toList();
    }
}
