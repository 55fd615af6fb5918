package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.schema.generated.tables.records.RevocationRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;

/** As much of a certificate as its standing needs. */
record FoundCertificate(IssuerGeneration issuer, int shard, SerialNumber serial, Instant notAfter, Standing standing) {
    private static final List<SelectField<?>> COLUMNS = Stream.<SelectField<?>>concat(
                    Stream.of(
                            CERTIFICATE.ISSUER,
                            CERTIFICATE.GENERATION,
                            CERTIFICATE.SHARD,
                            CERTIFICATE.SERIAL,
                            CERTIFICATE.NOT_AFTER),
                    Stream.of(REVOCATION.fields()))
            .toList();

    static SelectConditionStep<Record> select(DSLContext sql, Condition which) {
        return sql.select(COLUMNS)
                .from(CERTIFICATE)
                .leftJoin(REVOCATION)
                .on(StandingRows.ofCertificate())
                .where(which);
    }

    static FoundCertificate of(Record row) {
        return new FoundCertificate(
                new IssuerGeneration(new IssuerName(row.get(CERTIFICATE.ISSUER)), row.get(CERTIFICATE.GENERATION)),
                row.get(CERTIFICATE.SHARD),
                Certificates.serial(row.get(CERTIFICATE.SERIAL)),
                row.get(CERTIFICATE.NOT_AFTER),
                StandingRows.standing(row));
    }

    /** Of those whose serial alone is known. */
    static SelectConditionStep<Record> selectAdopted(DSLContext sql, Condition which) {
        return sql.select(ADOPTED_SERIAL.fields())
                .select(REVOCATION.fields())
                .from(ADOPTED_SERIAL)
                .leftJoin(REVOCATION)
                .on(StandingRows.ofAdopted())
                .where(which);
    }

    static FoundCertificate ofAdopted(Record row) {
        return new FoundCertificate(
                new IssuerGeneration(
                        new IssuerName(row.get(ADOPTED_SERIAL.ISSUER)), row.get(ADOPTED_SERIAL.GENERATION)),
                0,
                Certificates.serial(row.get(ADOPTED_SERIAL.SERIAL)),
                row.get(ADOPTED_SERIAL.NOT_AFTER),
                StandingRows.standing(row));
    }

    static FoundCertificate of(RevocationRecord row) {
        return new FoundCertificate(
                new IssuerGeneration(new IssuerName(row.getIssuer()), row.getGeneration()),
                row.getShard(),
                Certificates.serial(row.getSerial()),
                row.getNotAfter(),
                StandingRows.standing(row));
    }
}
