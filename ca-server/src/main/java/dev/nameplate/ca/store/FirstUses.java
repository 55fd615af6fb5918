package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.SUPERSEDED;

import java.time.Instant;
import java.util.List;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Insert;
import org.jooq.Update;
import org.jooq.impl.DSL;

/** Notes when certificates were first used, and which they supersede from then on. */
final class FirstUses {
    private FirstUses() {}

    static void apply(Writing writing, List<Task.NoteUse> notes) {
        DSLContext sql = writing.sql();
        BatchBindStep superseding = sql.batch(superseding(sql));
        BatchBindStep using = sql.batch(using(sql));
        for (Task.NoteUse note : notes) {
            byte[] serial = Certificates.octets(note.certificate().serial());
            byte[] der = note.certificate().octets();
            superseding = superseding.bind(serial, der);
            using = using.bind(Rows.asStored(note.at()), serial, der);
        }
        superseding.execute();
        using.execute();
    }

    private static Update<?> using(DSLContext sql) {
        return sql.update(CERTIFICATE)
                .set(CERTIFICATE.FIRST_USED_AT, (Instant) null)
                .where(CERTIFICATE.SERIAL.eq((byte[]) null))
                .and(CERTIFICATE.DER.eq((byte[]) null))
                .and(CERTIFICATE.FIRST_USED_AT.isNull());
    }

    private static Insert<?> superseding(DSLContext sql) {
        return sql.insertInto(SUPERSEDED, SUPERSEDED.FINGERPRINT, SUPERSEDED.KEY_HASH, SUPERSEDED.SERIAL)
                .select(DSL.select(CERTIFICATE.RENEWS, CERTIFICATE.KEY_HASH, CERTIFICATE.SERIAL)
                        .from(CERTIFICATE)
                        .where(CERTIFICATE.SERIAL.eq((byte[]) null))
                        .and(CERTIFICATE.DER.eq((byte[]) null))
                        .and(CERTIFICATE.FIRST_USED_AT.isNull())
                        .and(CERTIFICATE.RENEWS.isNotNull())
                        .andNotExists(DSL.selectOne()
                                .from(SUPERSEDED)
                                .where(SUPERSEDED.FINGERPRINT.eq(CERTIFICATE.RENEWS))
                                .and(SUPERSEDED.KEY_HASH.eq(CERTIFICATE.KEY_HASH))));
    }
}
