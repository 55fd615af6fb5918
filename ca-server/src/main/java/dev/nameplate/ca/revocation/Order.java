package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A wish, when, and on whose word. */
public record Order(Wish wish, Instant at, Cause cause) {
    public Order {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public Revocation on(Standing before) {
        return wish.on(before, at);
    }

    /** Tells that a certificate stands there now. */
    public AuditEvent event(IssuerGeneration issuer, SerialNumber serial, Standing now) {
        Map<String, String> facts = new TreeMap<>(Map.of("issuer", issuer.toString()));
        String action = switch (now) {
            case Standing.Good() -> "certificate.released";
            case Standing.Held held -> {
                tell(held, facts);
                yield "certificate.held";
            }
            case Standing.Revoked revoked -> {
                tell(revoked, facts);
                yield "certificate.revoked";
            }
        };
        return cause.event(at, action, "certificate:" + serial, facts);
    }

    private static void tell(Standing.Held held, Map<String, String> facts) {
        facts.put("since", held.at().toString());
        facts.put("held", words(held.grounds()));
        held.becomes().ifPresent(end -> {
            facts.put("final-at", end.at().toString());
            facts.put("final-reason", end.reason().toString());
        });
    }

    private static void tell(Standing.Revoked revoked, Map<String, String> facts) {
        facts.put("since", revoked.at().toString());
        facts.put("reason", revoked.reason().toString());
        revoked.invalidityDate().ifPresent(date -> facts.put("invalidity-date", date.toString()));
    }

    private static String words(Set<Ground> grounds) {
        return grounds.stream()
                .sorted()
                .map(ground -> ground.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
