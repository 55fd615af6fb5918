package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.RevocationRegister;
import java.time.Instant;

/** What is revoked, in SQL. */
public final class JooqRevocationRegister implements RevocationRegister {
    private final Database database;

    public JooqRevocationRegister(Database database) {
        this.database = database;
    }

    @Override
    public boolean revoke(
            IssuerGeneration issuer, SerialNumber serial, RevocationReason reason, Instant at, AuditEvent event) {
        return database.writer().write(writing -> {
            int revoked = writing.sql()
                    .update(CERTIFICATE)
                    .set(CERTIFICATE.REVOKED_AT, Rows.asStored(at))
                    .set(CERTIFICATE.REVOCATION_REASON, (short) reason.code())
                    .where(CERTIFICATE.SERIAL.eq(Certificates.octets(serial)))
                    .and(CERTIFICATE.ISSUER.eq(issuer.issuer().value()))
                    .and(CERTIFICATE.GENERATION.eq(issuer.number()))
                    .and(CERTIFICATE.REVOKED_AT.isNull())
                    .execute();
            if (revoked == 1) {
                writing.append(event);
            }
            return revoked == 1;
        });
    }
}
