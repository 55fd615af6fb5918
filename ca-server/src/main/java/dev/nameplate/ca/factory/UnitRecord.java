package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.CanonicalJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is handed on of a unit: one line of canonical JSON (RFC 8785), which is a leaf of the closing record's tree.
 *
 * <pre>{"batch":"WO-1","certificate":{"issuer":"factory/1","key":hex,"serial":hex},"id":"sensor-17","keys":1,
 *  "reworks":0,"state":"closed","station":"line-1","times":{"issued":"2026-11-21T08:00:00Z"}}</pre>
 */
public final class UnitRecord {
    private UnitRecord() {}

    /** Without a line break. */
    public static byte[] of(Unit unit) {
        Map<String, Object> members = new TreeMap<>();
        members.put("batch", unit.batch().value());
        members.put("id", unit.id().value());
        members.put("keys", (long) unit.effort().keys());
        members.put("reworks", (long) unit.effort().reworks());
        members.put("state", unit.state().word());
        members.put("station", unit.station().value());
        Map<String, String> times = new TreeMap<>();
        unit.times().forEach((state, at) -> times.put(state.word(), at.toString()));
        members.put("times", times);
        unit.certificate().ifPresent(mine -> members.put("certificate", certificate(mine)));
        unit.reason().ifPresent(why -> members.put("reason", why));
        return CanonicalJson.octets(members);
    }

    private static Map<String, String> certificate(UnitCertificate mine) {
        return Map.of(
                "issuer", mine.issuer().toString(),
                "key", mine.key().toString(),
                "serial", mine.serial().toString());
    }
}
