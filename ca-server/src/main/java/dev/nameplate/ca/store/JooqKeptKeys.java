package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.KEPT_KEY;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.enrollment.KeptKeys;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.KeptKeyRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jooq.DSLContext;

/** Sealed keys, in SQL. */
public final class JooqKeptKeys implements KeptKeys {
    private final Database database;

    public JooqKeptKeys(Database database) {
        this.database = database;
    }

    @Override
    public KeptKey keep(KeptKey key, Instant now, AuditEvent event) {
        return database.writer().write(writing -> {
            Optional<KeptKey> before = find(key.request(), now, writing.sql());
            if (before.isPresent()) {
                return before.get();
            }
            writing.sql()
                    .deleteFrom(KEPT_KEY)
                    .where(KEPT_KEY.REQUEST.eq(key.request().octets()))
                    .execute();
            Batches.insert(writing.sql(), KEPT_KEY, List.of(row(key)));
            writing.append(event);
            return key;
        });
    }

    @Override
    public Optional<KeptKey> find(Sha256 request, Instant now) {
        return database.read(sql -> find(request, now, sql));
    }

    @Override
    public void note(AuditEvent event) {
        database.writer().write(writing -> {
            writing.append(event);
            return true;
        });
    }

    @Override
    public void forget(Instant now) {
        database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(KEPT_KEY)
                        .where(KEPT_KEY.KEPT_UNTIL.le(Rows.asStored(now)))
                        .execute());
    }

    private static Optional<KeptKey> find(Sha256 request, Instant now, DSLContext sql) {
        return sql.selectFrom(KEPT_KEY)
                .where(KEPT_KEY.REQUEST.eq(request.octets()))
                .and(KEPT_KEY.KEPT_UNTIL.gt(Rows.asStored(now)))
                .fetchOptional(JooqKeptKeys::key);
    }

    private static KeptKey key(KeptKeyRecord row) {
        return new KeptKey(
                Sha256.fromOctets(row.getRequest()),
                SubjectPublicKeyInfo.getInstance(row.getPublicKey()),
                row.getMessage(),
                row.getKeptUntil());
    }

    private static KeptKeyRecord row(KeptKey key) {
        try {
            return new KeptKeyRecord(
                    key.request().octets(), key.publicKey().getEncoded(), key.message(), Rows.asStored(key.until()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
