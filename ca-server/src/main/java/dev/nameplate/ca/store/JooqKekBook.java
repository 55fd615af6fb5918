package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_KEK;
import static dev.nameplate.schema.generated.Tables.BATCH_KEK_FORMER;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.FormerKek;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.KekBook;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.schema.generated.tables.records.BatchKekFormerRecord;
import dev.nameplate.schema.generated.tables.records.BatchKekRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Key-encryption keys that replace one another, in SQL. */
public final class JooqKekBook implements KekBook {
    private final Database database;

    public JooqKekBook(Database database) {
        this.database = database;
    }

    @Override
    public List<Current> current() {
        return database.readDurable(sql -> sql.select(BATCH_KEK.fields())
                .select(DSL.field(DSL.exists(bundlesOut(sql))))
                .from(BATCH_KEK)
                .join(BATCH)
                .on(BATCH.NAME.eq(BATCH_KEK.BATCH))
                .where(goesOn())
                .orderBy(BATCH_KEK.BATCH, BATCH_KEK.STATION)
                .fetch(row -> current(
                        row.into(BATCH_KEK), Boolean.TRUE.equals(row.get(BATCH_KEK.fields().length, Boolean.class)))));
    }

    @Override
    public void knows(BatchName batch, OperatorName station, SubjectPublicKeyInfo recipient) {
        boolean known = database.read(sql -> sql.fetchExists(
                BATCH_KEK, JooqHandoverRegister.of(batch, station).and(BATCH_KEK.RECIPIENT_KEY.isNotNull())));
        if (!known) {
            database.writer()
                    .write(writing -> writing.sql()
                            .update(BATCH_KEK)
                            .set(BATCH_KEK.RECIPIENT_KEY, der(recipient))
                            .where(JooqHandoverRegister.of(batch, station))
                            .execute());
        }
    }

    @Override
    public boolean replace(Handover next, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            Optional<BatchKekRecord> before = sql.selectFrom(BATCH_KEK)
                    .where(JooqHandoverRegister.of(next.batch(), next.station()))
                    .and(BATCH_KEK.NUMBER.eq(next.kek().number() - 1))
                    .andExists(sql.selectOne()
                            .from(BATCH)
                            .where(BATCH.NAME.eq(BATCH_KEK.BATCH))
                            .and(goesOn()))
                    .andNotExists(bundlesOut(sql))
                    .fetchOptional();
            if (before.isEmpty()) {
                return false;
            }
            Batches.insert(sql, BATCH_KEK_FORMER, List.of(former(before.get(), next)));
            int updated = sql.update(BATCH_KEK)
                    .set(BATCH_KEK.NUMBER, next.kek().number())
                    .set(BATCH_KEK.HANDOVER, next.kek().recipientInfo().octets())
                    .set(BATCH_KEK.CHECK_VALUE, next.kek().checkValue())
                    .set(BATCH_KEK.INSIDE_TOKEN, next.kek().insideToken())
                    .set(BATCH_KEK.MADE_AT, Rows.asStored(next.at()))
                    .where(JooqHandoverRegister.of(next.batch(), next.station()))
                    .execute();
            writing.append(event);
            return updated == 1;
        });
    }

    @Override
    public List<FormerKek> former() {
        return former(goesOn());
    }

    @Override
    public List<FormerKek> former(BatchName batch) {
        return former(BATCH_KEK_FORMER.BATCH.eq(batch.value()));
    }

    @Override
    public List<Wrapped> under(FormerKek former, int limit) {
        return database.readDurable(sql -> sql.select(FACTORY_UNIT.ID, FACTORY_UNIT.PACKAGE)
                .from(FACTORY_UNIT)
                .where(isUnder(former))
                .orderBy(FACTORY_UNIT.ID)
                .limit(limit)
                .fetch(row -> new Wrapped(new DeviceId(row.value1()), row.value2())));
    }

    @Override
    public long countUnder(FormerKek former) {
        return database.read(sql -> (long) sql.fetchCount(FACTORY_UNIT, isUnder(former)));
    }

    @Override
    public void rewrapped(FormerKek former, List<Rewrapped> units, KekNumber next) {
        int done = database.writer().write(writing -> {
            int rows = 0;
            for (Rewrapped unit : units) {
                rows += writing.sql()
                        .update(FACTORY_UNIT)
                        .set(FACTORY_UNIT.PACKAGE, unit.after())
                        .set(FACTORY_UNIT.PACKAGE_KEK, next.toString())
                        .where(FACTORY_UNIT.ID.eq(unit.before().unit().value()))
                        .and(isUnder(former))
                        .and(FACTORY_UNIT.PACKAGE.eq(unit.before().octets()))
                        .execute();
            }
            return rows;
        });
        assert done <= units.size();
    }

    @Override
    public boolean destroyed(FormerKek former, byte[] record, AuditEvent event) {
        return database.writer().write(writing -> {
            boolean first = writing.sql()
                            .update(BATCH_KEK_FORMER)
                            .setNull(BATCH_KEK_FORMER.HANDOVER)
                            .set(BATCH_KEK_FORMER.DESTROYED_AT, Rows.asStored(event.at()))
                            .set(BATCH_KEK_FORMER.DESTRUCTION, record)
                            .where(BATCH_KEK_FORMER.BATCH.eq(former.batch().value()))
                            .and(BATCH_KEK_FORMER.STATION.eq(former.station().value()))
                            .and(BATCH_KEK_FORMER.NUMBER.eq(former.kek().number()))
                            .and(BATCH_KEK_FORMER.DESTROYED_AT.isNull())
                            .execute()
                    == 1;
            if (first) {
                writing.append(event);
            }
            return first;
        });
    }

    @Override
    public List<byte[]> destructions(BatchName batch) {
        return database.readDurable(sql -> sql.select(BATCH_KEK_FORMER.DESTRUCTION)
                .from(BATCH_KEK_FORMER)
                .where(BATCH_KEK_FORMER.BATCH.eq(batch.value()))
                .and(BATCH_KEK_FORMER.DESTRUCTION.isNotNull())
                .orderBy(BATCH_KEK_FORMER.DESTROYED_AT, BATCH_KEK_FORMER.STATION, BATCH_KEK_FORMER.NUMBER)
                .fetch(BATCH_KEK_FORMER.DESTRUCTION));
    }

    /** Whether a key that a unit's key is to be recorded under is gone: whoever wrapped it took too long. */
    static boolean isDestroyed(BatchName batch, KekNumber kek, DSLContext sql) {
        return sql.fetchExists(
                BATCH_KEK_FORMER,
                BATCH_KEK_FORMER
                        .BATCH
                        .eq(batch.value())
                        .and(BATCH_KEK_FORMER.STATION.eq(kek.station().value()))
                        .and(BATCH_KEK_FORMER.NUMBER.eq(kek.number()))
                        .and(BATCH_KEK_FORMER.DESTROYED_AT.isNotNull()));
    }

    private List<FormerKek> former(Condition which) {
        return database.readDurable(sql -> sql.select(BATCH_KEK_FORMER.fields())
                .from(BATCH_KEK_FORMER)
                .join(BATCH)
                .on(BATCH.NAME.eq(BATCH_KEK_FORMER.BATCH))
                .where(which)
                .and(BATCH_KEK_FORMER.DESTROYED_AT.isNull())
                .orderBy(BATCH_KEK_FORMER.BATCH, BATCH_KEK_FORMER.STATION, BATCH_KEK_FORMER.NUMBER)
                .fetch(row -> former(row.into(BATCH_KEK_FORMER))));
    }

    private static Condition goesOn() {
        return BATCH.STATE.in("OPEN", "PAUSED");
    }

    private static Condition isUnder(FormerKek former) {
        Condition named = FACTORY_UNIT.PACKAGE_KEK.eq(former.number().toString());
        Condition first = FACTORY_UNIT
                .PACKAGE_KEK
                .isNull()
                .and(FACTORY_UNIT.STATION.eq(former.station().value()));
        return FACTORY_UNIT
                .BATCH
                .eq(former.batch().value())
                .and(FACTORY_UNIT.PACKAGE.isNotNull())
                .and(former.kek().number() == 1 ? named.or(first) : named);
    }

    private static org.jooq.Select<?> bundlesOut(DSLContext sql) {
        return sql.selectOne()
                .from(BUNDLE)
                .where(BUNDLE.BATCH.eq(BATCH_KEK.BATCH))
                .and(BUNDLE.STATION.eq(BATCH_KEK.STATION))
                .and(BUNDLE.ENDED_AT.isNull());
    }

    private static Current current(BatchKekRecord row, boolean bundleOut) {
        return new Current(
                JooqHandoverRegister.handover(row),
                Optional.ofNullable(row.getRecipientKey()).map(SubjectPublicKeyInfo::getInstance),
                bundleOut);
    }

    private static BatchKekFormerRecord former(BatchKekRecord before, Handover next) {
        var row = new BatchKekFormerRecord();
        row.setBatch(before.getBatch());
        row.setStation(before.getStation());
        row.setNumber(before.getNumber());
        row.setHandover(before.getHandover());
        row.setCheckValue(before.getCheckValue());
        row.setInsideToken(before.getInsideToken());
        row.setMadeAt(before.getMadeAt());
        row.setReplacedAt(Rows.asStored(next.at()));
        return row;
    }

    private static FormerKek former(BatchKekFormerRecord row) {
        return new FormerKek(
                new BatchName(row.getBatch()),
                new OperatorName(row.getStation()),
                new Handover.Kek(
                        row.getNumber(), new KeyPackage(row.getHandover()), row.getCheckValue(), row.getInsideToken()),
                row.getMadeAt(),
                row.getReplacedAt());
    }

    private static byte[] der(SubjectPublicKeyInfo key) {
        try {
            return key.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
