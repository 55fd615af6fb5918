package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;

import java.time.Instant;
import java.util.List;

/** Notes when certificates were first used. */
final class FirstUses {
    private FirstUses() {}

    static void apply(Writing writing, List<Task.NoteUse> notes) {
        var batch = writing.sql()
                .batch(writing.sql()
                        .update(CERTIFICATE)
                        .set(CERTIFICATE.FIRST_USED_AT, (Instant) null)
                        .where(CERTIFICATE.SERIAL.eq((byte[]) null))
                        .and(CERTIFICATE.DER.eq((byte[]) null))
                        .and(CERTIFICATE.FIRST_USED_AT.isNull()));
        for (Task.NoteUse note : notes) {
            batch = batch.bind(
                    Rows.asStored(note.at()),
                    Certificates.octets(note.certificate().serial()),
                    note.certificate().octets());
        }
        batch.execute();
    }
}
