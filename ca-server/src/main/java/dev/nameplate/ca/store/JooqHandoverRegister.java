package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH_KEK;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.BatchKekRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Key-encryption keys as they were handed over, in SQL. */
public final class JooqHandoverRegister implements HandoverRegister {
    private final Database database;

    public JooqHandoverRegister(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Handover> find(BatchName batch, OperatorName station) {
        return database.readDurable(sql -> find(batch, station, sql));
    }

    @Override
    public List<Handover> list(BatchName batch) {
        return database.readDurable(sql -> sql.selectFrom(BATCH_KEK)
                .where(BATCH_KEK.BATCH.eq(batch.value()))
                .orderBy(BATCH_KEK.STATION)
                .fetch(JooqHandoverRegister::handover));
    }

    @Override
    public Handover record(Handover handover, AuditEvent event) {
        return database.writer().write(writing -> {
            Optional<Handover> before = find(handover.batch(), handover.station(), writing.sql());
            if (before.isPresent()) {
                return before.get();
            }
            var row = new BatchKekRecord();
            row.setBatch(handover.batch().value());
            row.setStation(handover.station().value());
            row.setRecipient(handover.recipient().octets());
            row.setHandover(handover.kek().recipientInfo().octets());
            row.setCheckValue(handover.kek().checkValue());
            row.setInsideToken(handover.kek().insideToken());
            row.setMadeAt(Rows.asStored(handover.at()));
            row.setNumber(handover.kek().number());
            Batches.insert(writing.sql(), BATCH_KEK, List.of(row));
            writing.append(event);
            return handover;
        });
    }

    private static Optional<Handover> find(BatchName batch, OperatorName station, DSLContext sql) {
        return sql.selectFrom(BATCH_KEK).where(of(batch, station)).fetchOptional(JooqHandoverRegister::handover);
    }

    static Condition of(BatchName batch, OperatorName station) {
        return BATCH_KEK.BATCH.eq(batch.value()).and(BATCH_KEK.STATION.eq(station.value()));
    }

    static Handover handover(BatchKekRecord row) {
        return new Handover(
                new BatchName(row.getBatch()),
                new OperatorName(row.getStation()),
                Sha256.fromOctets(row.getRecipient()),
                new Handover.Kek(
                        row.getNumber(), new KeyPackage(row.getHandover()), row.getCheckValue(), row.getInsideToken()),
                row.getMadeAt());
    }
}
