package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Every certificate, in SQL. */
public final class JooqCertificateLedger implements CertificateLedger {
    private final Database database;
    private final InstantSource clock;

    public JooqCertificateLedger(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Recording record(NewCertificate certificate, AuditEvent event) {
        return database.writer().record(certificate, event);
    }

    @Override
    public Optional<IssuedCertificate> recordedFor(RequestFingerprint request) {
        return database.readDurable(sql -> Certificates.select(sql)
                .where(CERTIFICATE.REQUEST.eq(request.value().octets()))
                .orderBy(CERTIFICATE.ROUND.desc())
                .limit(1)
                .fetchOptional(Certificates::issued));
    }

    @Override
    public Optional<IssuedCertificate> find(CertificateDer certificate) {
        return database.readDurable(sql ->
                Certificates.select(sql).where(Certificates.is(certificate)).fetchOptional(Certificates::issued));
    }

    @Override
    public List<IssuedCertificate> findBySerial(SerialNumber serial) {
        return database.readDurable(sql -> Certificates.select(sql)
                .where(CERTIFICATE.SERIAL.eq(Certificates.octets(serial)))
                .orderBy(CERTIFICATE.ISSUER, CERTIFICATE.GENERATION)
                .fetch(Certificates::issued));
    }

    @Override
    public Optional<Holder> holderOfKey(Sha256 keyHash) {
        return database.read(sql -> Keyholders.ownerOf(keyHash, sql));
    }

    @Override
    public boolean claimKey(Sha256 keyHash, Holder holder) {
        Instant now = clock.instant();
        return database.writer().write(writing -> {
            Optional<Holder> owner = Keyholders.ownerOf(keyHash, writing.sql());
            if (owner.isEmpty()) {
                Batches.insert(writing.sql(), KEY_OWNER, List.of(Keyholders.row(keyHash, holder, now)));
            }
            return owner.map(holder::equals).orElse(true);
        });
    }

    @Override
    public List<IssuedCertificate> list(CertificateQuery query) {
        return database.readDurable(sql -> Certificates.select(sql)
                .where(condition(query))
                .orderBy(CERTIFICATE.SERIAL)
                .limit(query.limit())
                .fetch(Certificates::issued));
    }

    private static Condition condition(CertificateQuery query) {
        Condition condition = DSL.noCondition();
        if (query.holder().isPresent()) {
            Holder holder = query.holder().get();
            condition = CERTIFICATE
                    .HOLDER_NAME
                    .eq(holder.name())
                    .and(CERTIFICATE.HOLDER_KIND.eq(holder.kind().name()));
        }
        if (query.profile().isPresent()) {
            condition =
                    condition.and(CERTIFICATE.PROFILE.eq(query.profile().get().value()));
        }
        if (query.after().isPresent()) {
            condition = condition.and(
                    CERTIFICATE.SERIAL.gt(Certificates.octets(query.after().get())));
        }
        return condition;
    }
}
