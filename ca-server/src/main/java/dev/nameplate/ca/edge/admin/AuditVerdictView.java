package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.AuditVerdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What a check of the trail found.
 *
 * @param verdict {@code intact}, {@code unsealed} or {@code broken}
 * @param entries how many there are; absent if it is broken
 * @param sealedThrough the last entry that a seal covers; present only if intact
 * @param brokenAt the first entry that is wrong or missing
 */
record AuditVerdictView(
        String verdict,
        String says,
        Optional<Long> entries,
        Optional<Long> sealedThrough,
        Optional<Instant> sealedAt,
        Optional<Long> brokenAt) {
    static AuditVerdictView of(AuditVerdict verdict) {
        return switch (verdict) {
            case AuditVerdict.Intact(long entries, long through, Instant at) ->
                new AuditVerdictView(
                        "intact",
                        "every entry follows from the one before, and every seal is right",
                        Optional.of(entries),
                        Optional.of(through),
                        Optional.of(at),
                        Optional.empty());
            case AuditVerdict.Unsealed(long entries) ->
                new AuditVerdictView(
                        "unsealed",
                        "every entry follows from the one before, but no seal says that these are the ones written",
                        Optional.of(entries),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case AuditVerdict.Broken broken ->
                new AuditVerdictView(
                        "broken",
                        broken.message(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(broken.number()));
        };
    }
}
