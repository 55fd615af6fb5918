package dev.nameplate.ca.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** The records, open. Readers share a pool of connections; whatever is written goes through the {@link GroupWriter}. */
public final class Database implements AutoCloseable {
    private final Engine engine;
    private final HikariDataSource pool;
    private final DSLContext reading;
    private final GroupWriter writer;
    private final Settling settling;
    private final Trouble trouble;

    private Database(Engine engine, HikariDataSource pool) {
        this.engine = engine;
        this.pool = pool;
        this.reading = DSL.using(pool, engine.dialect(), new Settings().withInListPadding(true));
        this.settling = new Settling();
        this.trouble = new Trouble(engine.place());
        this.writer = new GroupWriter(new GroupCommit(engine, settling, trouble), trouble);
    }

    /**
     * Brings the tables to what this version needs.
     *
     * @param directory where the embedded database is, made if it is not there; not looked at if the settings have a URL
     * @throws LedgerUnavailableException if it cannot be reached, or another process has it
     */
    public static Database open(DatabaseSettings settings, Path directory) {
        return open(engine(settings, directory), settings);
    }

    static Database open(Engine engine, DatabaseSettings settings) {
        migrate(engine);
        var database = new Database(engine, pool(engine, settings));
        database.writer.start();
        return database;
    }

    private static Engine engine(DatabaseSettings settings, Path directory) {
        if (settings.url().isPresent()) {
            return new PostgresEngine(settings.url().get(), settings.user().orElse(""), settings.passwordFile());
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of the database cannot be made: " + directory, e);
        }
        return EmbeddedEngine.in(directory);
    }

    private static void migrate(Engine engine) {
        List<String> scripts = new ArrayList<>(List.of(engine.migrations()));
        scripts.add("classpath:dev/nameplate/schema/migration/all");
        try (Connection held = engine.connections().getConnection()) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(engine.connections())
                    .locations(scripts.toArray(String[]::new))
                    .load()
                    .migrate();
            held.isValid(1);
        } catch (SQLException | FlywayException e) {
            throw new Trouble(engine.place()).of(e);
        }
    }

    private static HikariDataSource pool(Engine engine, DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("store-readers");
        config.setDataSource(engine.connections());
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.poolWait().toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Is it there, and can it be read? @throws LedgerUnavailableException if not */
    public void probe() {
        read(sql -> sql.selectOne().fetchSingle());
    }

    /** Asks once more where the connection turns out to be a relic of a database that was away meanwhile. */
    <T> T read(Function<DSLContext, T> question) {
        try {
            return question.apply(reading);
        } catch (DataAccessException e) {
            pool.getHikariPoolMXBean().softEvictConnections();
            if (!trouble.isLostConnection(e)) {
                throw trouble.of(e);
            }
        }
        try {
            return question.apply(reading);
        } catch (DataAccessException e) {
            throw trouble.of(e);
        }
    }

    /** Asks in one transaction, in which rows come as they are taken; never asked twice. */
    <T> T readInOneTransaction(Function<DSLContext, T> question) {
        try {
            return reading.transactionResult(transaction -> question.apply(transaction.dsl()));
        } catch (DataAccessException e) {
            throw trouble.of(e);
        }
    }

    /** As {@link #read}, and what it returns is on the disk, so that it may leave the process. */
    <T> T readDurable(Function<DSLContext, T> question) {
        long setbacks = settling.setbacks();
        T answer = read(question);
        if (!settling.awaitedSince(setbacks)) {
            throw trouble.of(new SQLException("what was read never reached the disk"));
        }
        return answer;
    }

    /**
     * Reads more rows than fit in memory, a few at a time, on a connection of its own; what was read is on the disk when this
     * returns.
     */
    <T> T stream(Stream<T> reader) throws IOException {
        long setbacks = settling.setbacks();
        T answer;
        try (Connection connection = pool.getConnection()) {
            engine.beginStream(connection);
            try {
                answer = reader.read(connection);
            } finally {
                engine.endStream(connection);
            }
        } catch (SQLException | DataAccessException e) {
            throw trouble.of(e);
        }
        if (!settling.awaitedSince(setbacks)) {
            throw trouble.of(new SQLException("what was read never reached the disk"));
        }
        return answer;
    }

    /** Reads rows one after the other. */
    @FunctionalInterface
    interface Stream<T> {
        T read(Connection connection) throws SQLException, IOException;
    }

    Engine engine() {
        return engine;
    }

    Trouble trouble() {
        return trouble;
    }

    GroupWriter writer() {
        return writer;
    }

    /** Finishes what is being written. */
    @Override
    public void close() {
        writer.close();
        pool.close();
    }
}
