package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ENROLMENT_CODE;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.device.EnrolmentCodes;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.EnrolmentCodeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One-time codes, in SQL; a code is spent by {@link Recordings}. */
public final class JooqEnrolmentCodes implements EnrolmentCodes {
    private static final int MAX_OF_DEVICE = 100;

    private final Database database;

    public JooqEnrolmentCodes(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(EnrolmentCode code, AuditEvent event) {
        return database.writer().write(writing -> {
            if (JooqDeviceRegistry.find(code.device(), writing.sql()).isEmpty()) {
                return false;
            }
            Batches.insert(writing.sql(), ENROLMENT_CODE, List.of(row(code)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public List<EnrolmentCode> of(DeviceId device) {
        return database.read(sql -> sql.selectFrom(ENROLMENT_CODE)
                .where(ENROLMENT_CODE.DEVICE.eq(device.value()))
                .orderBy(ENROLMENT_CODE.CREATED_AT.desc(), ENROLMENT_CODE.ID)
                .limit(MAX_OF_DEVICE)
                .fetch(Rows::enrolmentCode));
    }

    @Override
    public Optional<EnrolmentCode> find(CodeId id) {
        return database.read(sql -> sql.selectFrom(ENROLMENT_CODE)
                .where(ENROLMENT_CODE.ID.eq(id.value()))
                .fetchOptional(Rows::enrolmentCode));
    }

    @Override
    public List<EnrolmentCode> list(Optional<CodeId> after, int limit) {
        return database.read(sql -> sql.selectFrom(ENROLMENT_CODE)
                .where(ENROLMENT_CODE.ID.gt(after.map(CodeId::value).orElse("")))
                .orderBy(ENROLMENT_CODE.ID)
                .limit(limit)
                .fetch(Rows::enrolmentCode));
    }

    @Override
    public boolean cancel(CodeId id, Instant at, AuditEvent event) {
        return database.writer().write(writing -> {
            int cancelled = writing.sql()
                    .update(ENROLMENT_CODE)
                    .set(ENROLMENT_CODE.CANCELLED_AT, Rows.asStored(at))
                    .set(ENROLMENT_CODE.DIGEST_SECRET, (byte[]) null)
                    .where(ENROLMENT_CODE.ID.eq(id.value()))
                    .and(ENROLMENT_CODE.USED_AT.isNull())
                    .and(ENROLMENT_CODE.CANCELLED_AT.isNull())
                    .execute();
            if (cancelled == 1) {
                writing.append(event);
            }
            return cancelled == 1;
        });
    }

    private static EnrolmentCodeRecord row(EnrolmentCode code) {
        return new EnrolmentCodeRecord(
                code.id().value(),
                code.device().value(),
                code.label().map(LabelName::value).orElse(null),
                code.hash().salt(),
                code.hash().value().octets(),
                Rows.asStored(code.createdAt()),
                Rows.asStored(code.expiresAt()),
                Rows.asStored(code.usedAt()),
                Rows.asStored(code.cancelledAt()),
                code.hash().digest().map(Sha256::octets).orElse(null));
    }
}
