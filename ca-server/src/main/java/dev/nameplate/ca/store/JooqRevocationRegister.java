package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.DeviceOrder;
import dev.nameplate.ca.revocation.DeviceRevocation;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationRegister;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Where certificates stand, in SQL. */
public final class JooqRevocationRegister implements RevocationRegister {
    private final Database database;

    public JooqRevocationRegister(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Standing> of(IssuerGeneration issuer, SerialNumber serial) {
        return database.readDurable(sql -> find(issuer, serial, sql).map(FoundCertificate::standing));
    }

    @Override
    public Optional<Revocation> apply(Order order, IssuerGeneration issuer, SerialNumber serial) {
        return database.writer().write(writing -> {
            var changes = new StandingChanges(writing);
            Optional<Revocation> outcome =
                    find(issuer, serial, writing.sql()).map(found -> changes.apply(order, found));
            changes.write();
            return outcome;
        });
    }

    @Override
    public Optional<DeviceRevocation> apply(DeviceOrder order, DeviceId id) {
        return database.writer()
                .write(writing ->
                        JooqDeviceRegistry.find(id, writing.sql()).map(device -> apply(order, device, writing)));
    }

    @Override
    public int finish(Instant now, int limit, Cause cause) {
        Order order = new Order(new Wish.Finish(), now, cause);
        if (!database.read(sql -> sql.fetchExists(REVOCATION, REVOCATION.FINAL_AT.le(order.at())))) {
            return 0;
        }
        return database.writer().write(writing -> {
            var changes = new StandingChanges(writing);
            writing.sql()
                    .selectFrom(REVOCATION)
                    .where(REVOCATION.FINAL_AT.le(order.at()))
                    .orderBy(REVOCATION.FINAL_AT)
                    .limit(limit)
                    .fetch(FoundCertificate::of)
                    .forEach(found -> changes.apply(order, found));
            changes.write();
            return changes.size();
        });
    }

    private static DeviceRevocation apply(DeviceOrder order, Device device, Writing writing) {
        Optional<Refusal> objection = order.objectionTo(device);
        if (objection.isPresent()) {
            return new DeviceRevocation.Refused(objection.get());
        }
        if (device.state() != order.state()) {
            writing.sql()
                    .update(DEVICE)
                    .set(DEVICE.STATE, order.state().name())
                    .where(DEVICE.ID.eq(device.id().value()))
                    .execute();
            writing.append(order.event(device.id()));
        }
        var changes = new StandingChanges(writing);
        unexpired(device.id(), order.certificates().at(), writing.sql())
                .forEach(found -> changes.apply(order.certificates(), found));
        changes.write();
        return new DeviceRevocation.Done(device.in(order.state()), changes.size());
    }

    private static List<FoundCertificate> unexpired(DeviceId device, Instant now, DSLContext sql) {
        Condition its = CERTIFICATE
                .HOLDER_NAME
                .eq(device.value())
                .and(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name()))
                .and(CERTIFICATE.NOT_AFTER.ge(now));
        return FoundCertificate.select(sql, its).fetch(FoundCertificate::of);
    }

    private static Optional<FoundCertificate> find(IssuerGeneration issuer, SerialNumber serial, DSLContext sql) {
        Condition it = CERTIFICATE
                .SERIAL
                .eq(Certificates.octets(serial))
                .and(CERTIFICATE.ISSUER.eq(issuer.issuer().value()))
                .and(CERTIFICATE.GENERATION.eq(issuer.number()));
        return FoundCertificate.select(sql, it)
                .fetchOptional(FoundCertificate::of)
                .or(() -> findAdopted(issuer, serial, sql));
    }

    private static Optional<FoundCertificate> findAdopted(
            IssuerGeneration issuer, SerialNumber serial, DSLContext sql) {
        Condition it = ADOPTED_SERIAL
                .SERIAL
                .eq(Certificates.octets(serial))
                .and(ADOPTED_SERIAL.ISSUER.eq(issuer.issuer().value()))
                .and(ADOPTED_SERIAL.GENERATION.eq(issuer.number()));
        return FoundCertificate.selectAdopted(sql, it).fetchOptional(FoundCertificate::ofAdopted);
    }
}
