package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.BundleRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Between rows and words, for what stations drew. */
final class BundleRows {
    private BundleRows() {}

    static Optional<Bundle> find(BundleName bundle, DSLContext sql) {
        return sql.selectFrom(BUNDLE).where(BUNDLE.NAME.eq(bundle.value())).fetchOptional(BundleRows::bundle);
    }

    /** Ends every bundle of a batch that is about to be closed. */
    static void endAll(BatchName batch, Instant at, Cause cause, Writing writing) {
        writing.sql()
                .selectFrom(BUNDLE)
                .where(BUNDLE.BATCH.eq(batch.value()))
                .and(BUNDLE.ENDED_AT.isNull())
                .fetch(BundleRows::bundle)
                .forEach(bundle -> end(bundle, at, cause, writing));
    }

    /** The quota counts units that ever got a certificate: the others of the slice are given back. */
    static void end(Bundle bundle, Instant at, Cause cause, Writing writing) {
        BundleHeader header = bundle.header();
        DSLContext sql = writing.sql();
        int unmade = sql.fetchCount(sql.select(DSL.one())
                .from(BUNDLE_UNIT)
                .leftJoin(FACTORY_UNIT)
                .on(FACTORY_UNIT.ID.eq(BUNDLE_UNIT.UNIT))
                .where(BUNDLE_UNIT.BUNDLE.eq(header.bundle().value()))
                .and(FACTORY_UNIT.KEYS.isNull().or(FACTORY_UNIT.KEYS.eq(0))));
        sql.update(BUNDLE)
                .set(BUNDLE.ENDED_AT, Rows.asStored(at))
                .where(BUNDLE.NAME.eq(header.bundle().value()))
                .execute();
        sql.update(BATCH)
                .set(BATCH.USED, BATCH.USED.minus(unmade))
                .where(BATCH.NAME.eq(header.batch().value()))
                .execute();
        writing.append(cause.event(
                at,
                "bundle.ended",
                "batch:" + header.batch(),
                Map.of("bundle", header.bundle().value(), "never-made", Integer.toString(unmade))));
    }

    static BundleRecord row(Bundle bundle) {
        BundleHeader header = bundle.header();
        var row = new BundleRecord();
        row.setName(header.bundle().value());
        row.setBatch(header.batch().value());
        row.setStation(header.station().value());
        row.setUnits(header.units());
        row.setRecipient(bundle.keys().recipient().octets());
        row.setJournalKey(encoded(bundle.keys().journal()));
        row.setHeader(bundle.signed());
        row.setDrawnAt(Rows.asStored(header.drawnAt()));
        row.setExpiresAt(Rows.asStored(header.expiresAt()));
        row.setEntries(bundle.entries());
        return row;
    }

    static Bundle bundle(BundleRecord row) {
        SubjectPublicKeyInfo journal = SubjectPublicKeyInfo.getInstance(row.getJournalKey());
        var header = new BundleHeader(
                new BundleName(row.getName()),
                new BatchName(row.getBatch()),
                new OperatorName(row.getStation()),
                row.getUnits(),
                row.getDrawnAt(),
                row.getExpiresAt(),
                Keys.hashOf(journal));
        var ends = new Bundle.Ends(
                Optional.ofNullable(row.getEndedAt()),
                Optional.ofNullable(row.getSettledAt()),
                Optional.ofNullable(row.getAlarmedAt()));
        return new Bundle(
                header,
                new Bundle.Keys(Sha256.fromOctets(row.getRecipient()), journal),
                row.getHeader(),
                row.getEntries(),
                ends);
    }

    private static byte[] encoded(SubjectPublicKeyInfo key) {
        try {
            return key.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed key always encodes", e);
        }
    }
}
