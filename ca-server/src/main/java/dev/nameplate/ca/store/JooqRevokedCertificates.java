package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static dev.nameplate.schema.generated.Tables.REVOCATION_CHANGE;

import dev.nameplate.ca.crl.RevokedCertificates;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** What is revoked, in SQL: read as a stream, for it may be more than fits in memory. */
public final class JooqRevokedCertificates implements RevokedCertificates {
    /** Rows in memory at a time. */
    private static final int FETCHED = 2000;

    /** Seconds and numbers alone: a driver takes long to make times of millions of texts. 6 is certificateHold. */
    private static final String ENTRIES = """
            select serial,
                   cast(floor(extract(epoch from revoked_at)) as bigint),
                   case when state = 'HELD' then 6 else reason end,
                   cast(floor(extract(epoch from invalidity_date)) as bigint)
            from revocation""";

    private static final String OF_GENERATION = " where issuer = ? and generation = ? and not_after >= ?";
    private static final String OF_SHARD = OF_GENERATION + " and shard = ?";

    /**
     * The embedded database looks each row up that it found in an index, one page after the other anywhere in the file: for more
     * than these it is many times quicker to go through all rows as they lie.
     */
    private static final int MOST_LOOKED_UP = 20_000;

    private final Database database;

    public JooqRevokedCertificates(Database database) {
        this.database = database;
    }

    @Override
    public long newestChange() {
        Long newest = database.readDurable(sql -> sql.select(DSL.max(REVOCATION_CHANGE.NUMBER))
                .from(REVOCATION_CHANGE)
                .fetchSingle()
                .value1());
        return Optional.ofNullable(newest).orElse(0L);
    }

    @Override
    public Map<CrlScope, Long> touchedAfter(long change) {
        return database.readDurable(sql -> sql.select(
                        REVOCATION_CHANGE.ISSUER,
                        REVOCATION_CHANGE.GENERATION,
                        REVOCATION_CHANGE.SHARD,
                        DSL.max(REVOCATION_CHANGE.NUMBER))
                .from(REVOCATION_CHANGE)
                .where(REVOCATION_CHANGE.NUMBER.gt(change))
                .groupBy(REVOCATION_CHANGE.ISSUER, REVOCATION_CHANGE.GENERATION, REVOCATION_CHANGE.SHARD)
                .fetchMap(
                        row -> new CrlScope(
                                new IssuerGeneration(new IssuerName(row.value1()), row.value2()), row.value3()),
                        row -> row.value4()));
    }

    @Override
    public <T> T read(CrlScope scope, Instant expiredBefore, Reader<T> reader) throws IOException {
        return database.stream(connection -> {
            try (PreparedStatement statement = statement(connection, scope, expiredBefore);
                    ResultSet rows = statement.executeQuery()) {
                return reader.read(new EntryRows(rows));
            }
        });
    }

    @Override
    public Optional<Instant> lastExpiry(IssuerGeneration issuer) {
        return database.read(sql -> Stream.of(
                        Optional.ofNullable(sql.select(DSL.max(CERTIFICATE.NOT_AFTER))
                                .from(CERTIFICATE)
                                .where(CERTIFICATE.ISSUER.eq(issuer.issuer().value()))
                                .and(CERTIFICATE.GENERATION.eq(issuer.number()))
                                .fetchSingle()
                                .value1()),
                        Optional.ofNullable(sql.select(DSL.max(ADOPTED_SERIAL.NOT_AFTER))
                                .from(ADOPTED_SERIAL)
                                .where(ADOPTED_SERIAL.ISSUER.eq(issuer.issuer().value()))
                                .and(ADOPTED_SERIAL.GENERATION.eq(issuer.number()))
                                .fetchSingle()
                                .value1()))
                .flatMap(Optional::stream)
                .max(Instant::compareTo));
    }

    private PreparedStatement statement(Connection connection, CrlScope scope, Instant expiredBefore)
            throws SQLException {
        String way = database.engine().dialect() == SQLDialect.H2 && isLarge(scope) ? " use index ()" : "";
        PreparedStatement statement =
                connection.prepareStatement(ENTRIES + way + (scope.isFull() ? OF_GENERATION : OF_SHARD));
        statement.setFetchSize(FETCHED);
        statement.setString(1, scope.issuer().issuer().value());
        statement.setInt(2, scope.issuer().number());
        statement.setObject(3, expiredBefore.atOffset(ZoneOffset.UTC));
        if (!scope.isFull()) {
            statement.setInt(4, scope.shard());
        }
        return statement;
    }

    private boolean isLarge(CrlScope scope) {
        Condition listed = REVOCATION
                .ISSUER
                .eq(scope.issuer().issuer().value())
                .and(REVOCATION.GENERATION.eq(scope.issuer().number()));
        Condition condition = scope.isFull() ? listed : listed.and(REVOCATION.SHARD.eq(scope.shard()));
        return database.read(sql -> sql.selectOne()
                        .from(REVOCATION)
                        .where(condition)
                        .limit(1)
                        .offset(MOST_LOOKED_UP)
                        .fetchOptional())
                .isPresent();
    }
}
