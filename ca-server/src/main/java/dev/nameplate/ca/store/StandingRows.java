package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.revocation.Finality;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.schema.generated.tables.records.RevocationRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between rows and words, for standings. */
final class StandingRows {
    private static final String HELD = "HELD";
    private static final String REVOKED = "REVOKED";

    private StandingRows() {}

    /** Joins a certificate with where it stands; the whole key, for only that has an index. */
    static Condition ofCertificate() {
        return REVOCATION
                .ISSUER
                .eq(CERTIFICATE.ISSUER)
                .and(REVOCATION.GENERATION.eq(CERTIFICATE.GENERATION))
                .and(REVOCATION.SHARD.eq(CERTIFICATE.SHARD))
                .and(REVOCATION.SERIAL.eq(CERTIFICATE.SERIAL));
    }

    /** The same for one whose serial alone is known: it is in the full CRL. */
    static Condition ofAdopted() {
        return REVOCATION
                .ISSUER
                .eq(ADOPTED_SERIAL.ISSUER)
                .and(REVOCATION.GENERATION.eq(ADOPTED_SERIAL.GENERATION))
                .and(REVOCATION.SHARD.eq(0))
                .and(REVOCATION.SERIAL.eq(ADOPTED_SERIAL.SERIAL));
    }

    /** @param row with the columns of {@code revocation}, which are all null for a good certificate */
    static Standing standing(Record row) {
        String state = row.get(REVOCATION.STATE);
        return state == null ? new Standing.Good() : standing(row.into(REVOCATION));
    }

    static Standing standing(RevocationRecord row) {
        return switch (row.getState()) {
            case HELD -> new Standing.Held(row.getRevokedAt(), finality(row), grounds(row.getGrounds()));
            case REVOKED ->
                new Standing.Revoked(
                        row.getRevokedAt(),
                        RevocationReason.ofCode(row.getReason()),
                        Optional.ofNullable(row.getInvalidityDate()));
            default -> throw new IllegalStateException("no certificate stands at " + row.getState());
        };
    }

    /** The row of a certificate that stands there; a good one has none. */
    static Optional<RevocationRecord> row(FoundCertificate certificate, Standing standing) {
        return switch (standing) {
            case Standing.Good() -> Optional.empty();
            case Standing.Held held -> Optional.of(row(certificate, held));
            case Standing.Revoked revoked -> Optional.of(row(certificate, revoked));
        };
    }

    private static RevocationRecord row(FoundCertificate certificate, Standing.Held held) {
        RevocationRecord row = row(certificate, HELD, held.at(), RevocationReason.CERTIFICATE_HOLD);
        row.setGrounds(bits(held.grounds()));
        row.setFinalAt(held.becomes().map(Finality::at).orElse(null));
        row.setFinalReason(
                held.becomes().map(end -> (short) end.reason().code()).orElse(null));
        return row;
    }

    private static RevocationRecord row(FoundCertificate certificate, Standing.Revoked revoked) {
        RevocationRecord row = row(certificate, REVOKED, revoked.at(), revoked.reason());
        row.setGrounds((short) 0);
        row.setInvalidityDate(revoked.invalidityDate().orElse(null));
        return row;
    }

    private static RevocationRecord row(
            FoundCertificate certificate, String state, Instant at, RevocationReason reason) {
        var row = new RevocationRecord();
        row.setIssuer(certificate.issuer().issuer().value());
        row.setGeneration(certificate.issuer().number());
        row.setShard(certificate.shard());
        row.setSerial(Certificates.octets(certificate.serial()));
        row.setState(state);
        row.setRevokedAt(Rows.asStored(at));
        row.setReason((short) reason.code());
        row.setNotAfter(certificate.notAfter());
        return row;
    }

    private static Optional<Finality> finality(RevocationRecord row) {
        Instant at = row.getFinalAt();
        @Nullable Short reason = row.getFinalReason();
        return at == null || reason == null
                ? Optional.empty()
                : Optional.of(new Finality(at, RevocationReason.ofCode(reason)));
    }

    private static short bits(Set<Ground> grounds) {
        return (short) grounds.stream().mapToInt(StandingRows::bit).sum();
    }

    private static Set<Ground> grounds(short bits) {
        return Arrays.stream(Ground.values())
                .filter(ground -> (bits & bit(ground)) != 0)
                .collect(Collectors.toSet());
    }

    private static int bit(Ground ground) {
        return switch (ground) {
            case ITSELF -> 1;
            case DEVICE -> 2;
        };
    }
}
