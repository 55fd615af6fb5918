package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.CHAIN_FETCH;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.schema.generated.tables.records.ChainFetchRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Who fetched which chain, in SQL: a row per device and generation, while a rollover goes on. */
public final class JooqFetchedChains implements FetchedChains {
    private final Database database;

    public JooqFetchedChains(Database database) {
        this.database = database;
    }

    @Override
    public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
        Map<String, Set<IssuerGeneration>> byDevice = byDevice(fetched);
        if (byDevice.isEmpty()) {
            return;
        }
        int noted = database.writer().write(writing -> {
            Set<ChainFetchRecord> known = new HashSet<>(writing.sql()
                    .selectFrom(CHAIN_FETCH)
                    .where(CHAIN_FETCH.DEVICE.in(byDevice.keySet()))
                    .fetch());
            List<ChainFetchRecord> missing =
                    rows(byDevice).stream().filter(row -> !known.contains(row)).toList();
            Batches.insert(writing.sql(), CHAIN_FETCH, missing);
            return missing.size();
        });
        assert noted >= 0;
    }

    @Override
    public Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now) {
        return database.readDurable(sql -> reach(published, issuers, since, now, sql));
    }

    @Override
    public void forget(IssuerGeneration generation) {
        int forgotten = database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(CHAIN_FETCH)
                        .where(of(generation))
                        .execute());
        assert forgotten >= 0;
    }

    /** A certificate counts if it is one of ours octet for octet: whoever showed it had its key. */
    private Map<String, Set<IssuerGeneration>> byDevice(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
        List<byte[]> serials = fetched.keySet().stream()
                .map(certificate -> Certificates.octets(certificate.serial()))
                .toList();
        Map<String, Set<IssuerGeneration>> byDevice = new LinkedHashMap<>();
        database.read(sql -> sql.select(CERTIFICATE.HOLDER_NAME, CERTIFICATE.DER)
                        .from(CERTIFICATE)
                        .where(CERTIFICATE.SERIAL.in(serials))
                        .and(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name()))
                        .fetch())
                .forEach(row -> {
                    Set<IssuerGeneration> generations =
                            fetched.getOrDefault(CertificateDer.parse(row.value2()), Set.of());
                    if (!generations.isEmpty()) {
                        byDevice.computeIfAbsent(row.value1(), _ -> new LinkedHashSet<>())
                                .addAll(generations);
                    }
                });
        return byDevice;
    }

    private static List<ChainFetchRecord> rows(Map<String, Set<IssuerGeneration>> byDevice) {
        List<ChainFetchRecord> rows = new ArrayList<>();
        byDevice.forEach((device, generations) -> generations.forEach(generation ->
                rows.add(new ChainFetchRecord(generation.issuer().value(), generation.number(), device))));
        return rows;
    }

    private static Reach reach(
            IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now, DSLContext sql) {
        Field<String> device = CERTIFICATE.HOLDER_NAME.as("device");
        Field<Integer> issuedSince = DSL.max(
                        DSL.when(CERTIFICATE.ISSUED_AT.ge(since), 1).otherwise(0))
                .as("issued_since");
        var devices = DSL.select(device, issuedSince)
                .from(CERTIFICATE)
                .where(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name()))
                .and(CERTIFICATE.ISSUER.in(
                        issuers.stream().map(IssuerName::value).toList()))
                .and(CERTIFICATE.NOT_AFTER.gt(now))
                .andNotExists(DSL.selectOne().from(REVOCATION).where(StandingRows.ofCertificate()))
                .groupBy(CERTIFICATE.HOLDER_NAME)
                .asTable("devices");
        Condition reached = DSL.field(DSL.name("devices", "issued_since"), Integer.class)
                .eq(1)
                .or(CHAIN_FETCH.DEVICE.isNotNull());
        var counts = sql.select(DSL.count(), DSL.count(DSL.when(reached, 1)))
                .from(devices)
                .leftJoin(CHAIN_FETCH)
                .on(CHAIN_FETCH
                        .DEVICE
                        .eq(DSL.field(DSL.name("devices", "device"), String.class))
                        .and(of(published)))
                .fetchSingle();
        return new Reach(counts.value1(), counts.value2());
    }

    private static Condition of(IssuerGeneration generation) {
        return CHAIN_FETCH.ISSUER.eq(generation.issuer().value()).and(CHAIN_FETCH.GENERATION.eq(generation.number()));
    }
}
