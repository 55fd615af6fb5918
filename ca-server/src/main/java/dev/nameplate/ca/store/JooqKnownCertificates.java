package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static dev.nameplate.schema.generated.Tables.SUPERSEDED;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The door's view of the certificates, in SQL: one query for everything it wants to know. */
public final class JooqKnownCertificates implements KnownCertificates {
    private final Database database;

    public JooqKnownCertificates(Database database) {
        this.database = database;
    }

    @Override
    public Optional<KnownCertificate> find(CertificateDer certificate) {
        Field<byte[]> successor = successorInUse(certificate);
        return database.read(sql -> sql.select(CERTIFICATE.fields())
                .select(REVOCATION.fields())
                .select(DEVICE.fields())
                .select(successor)
                .from(CERTIFICATE)
                .leftJoin(REVOCATION)
                .on(StandingRows.ofCertificate())
                .leftJoin(DEVICE)
                .on(DEVICE.ID.eq(CERTIFICATE.HOLDER_NAME).and(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name())))
                .where(Certificates.is(certificate))
                .fetchOptional(row -> known(certificate, row, row.get(successor))));
    }

    @Override
    public void noteUse(CertificateDer certificate, Instant at) {
        database.writer().noteUse(certificate, at);
    }

    private static Field<byte[]> successorInUse(CertificateDer certificate) {
        return DSL.field(DSL.select(SUPERSEDED.SERIAL)
                        .from(SUPERSEDED)
                        .where(SUPERSEDED.FINGERPRINT.eq(
                                certificate.fingerprint().octets()))
                        .and(SUPERSEDED.KEY_HASH.ne(certificate.keyHash().octets()))
                        .limit(1))
                .as("successor_in_use");
    }

    private static KnownCertificate known(CertificateDer certificate, Record row, byte[] successor) {
        CertificateRecord recorded = row.into(CERTIFICATE);
        Optional<Device> device =
                row.get(DEVICE.ID) == null ? Optional.empty() : Optional.of(Rows.device(row.into(DEVICE)));
        return new KnownCertificate(
                certificate,
                Certificates.issuer(recorded),
                new ProfileName(recorded.getProfile()),
                Certificates.holder(recorded.getHolderKind(), recorded.getHolderName()),
                device,
                new KnownCertificate.Times(recorded.getIssuedAt(), Optional.ofNullable(recorded.getFirstUsedAt())),
                StandingRows.standing(row).revokedAt(),
                Optional.ofNullable(successor).map(Certificates::serial));
    }
}
