package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;

/** Between rows and words, for certificates. */
final class Certificates {
    private static final int SERIAL_OCTETS = 20;

    private Certificates() {}

    /** 20 octets, so that their order is that of the numbers. */
    static byte[] octets(SerialNumber serial) {
        byte[] magnitude = serial.value().toByteArray();
        byte[] padded = new byte[SERIAL_OCTETS];
        System.arraycopy(magnitude, 0, padded, SERIAL_OCTETS - magnitude.length, magnitude.length);
        return padded;
    }

    static SerialNumber serial(byte[] octets) {
        return new SerialNumber(new BigInteger(1, octets));
    }

    /** By the serial in it, for which there is an index, and then octet by octet. */
    static Condition is(CertificateDer certificate) {
        return CERTIFICATE.SERIAL.eq(octets(certificate.serial())).and(CERTIFICATE.DER.eq(certificate.octets()));
    }

    static CertificateRecord row(NewCertificate added, Instant issuedAt) {
        CertificateDer certificate = added.certificate();
        var row = new CertificateRecord();
        row.setSerial(octets(certificate.serial()));
        row.setIssuer(added.issuer().issuer().value());
        row.setGeneration(added.issuer().number());
        row.setRequest(added.request().value().octets());
        row.setRound(added.round());
        if (added.credential() instanceof Credential.OwnCertificate(var fingerprint)) {
            row.setRenews(fingerprint.octets());
        }
        row.setKeyHash(certificate.keyHash().octets());
        row.setHolderKind(added.holder().kind().name());
        row.setHolderName(added.holder().name());
        row.setProfile(added.profile().value());
        row.setLabel(added.label().value());
        row.setCredential(added.credential().key());
        row.setNotBefore(certificate.parsed().getNotBefore().toInstant());
        row.setNotAfter(certificate.parsed().getNotAfter().toInstant());
        row.setIssuedAt(Rows.asStored(issuedAt));
        row.setDer(certificate.octets());
        row.setShard(added.shard());
        return row;
    }

    /** Certificates with where they stand, for {@link #issued}. */
    static SelectOnConditionStep<Record> select(DSLContext sql) {
        return sql.select(CERTIFICATE.fields())
                .select(REVOCATION.fields())
                .from(CERTIFICATE)
                .leftJoin(REVOCATION)
                .on(StandingRows.ofCertificate());
    }

    static IssuedCertificate issued(Record joined) {
        CertificateRecord row = joined.into(CERTIFICATE);
        return new IssuedCertificate(
                CertificateDer.parse(row.getDer()),
                issuer(row),
                new ProfileName(row.getProfile()),
                holder(row.getHolderKind(), row.getHolderName()),
                new LabelName(row.getLabel()),
                row.getRound(),
                StandingRows.standing(joined),
                Optional.ofNullable(row.getFirstUsedAt()));
    }

    static IssuerGeneration issuer(CertificateRecord row) {
        return new IssuerGeneration(new IssuerName(row.getIssuer()), row.getGeneration());
    }

    static Holder holder(String kind, String name) {
        return new Holder(Holder.Kind.valueOf(kind), name);
    }
}
