package dev.nameplate.ca.store;

import com.zaxxer.hikari.util.DriverDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

/** PostgreSQL, or what speaks its protocol. */
final class PostgresEngine implements Engine {
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";

    private final String url;
    private final String user;
    private final Optional<Path> passwordFile;

    PostgresEngine(String url, String user, Optional<Path> passwordFile) {
        this.url = url;
        this.user = user;
        this.passwordFile = passwordFile;
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.POSTGRES;
    }

    @Override
    public DataSource connections() {
        var options = new Properties();
        options.setProperty("connectTimeout", CONNECT_SECONDS);
        options.setProperty("socketTimeout", ANSWER_SECONDS);
        options.setProperty("reWriteBatchedInserts", "true");
        options.setProperty("ApplicationName", "nameplate");
        String password = passwordFile.map(PostgresEngine::firstLine).orElse("");
        return new DriverDataSource(url, "org.postgresql.Driver", options, user, password);
    }

    @Override
    public String[] migrations() {
        return new String[] {"classpath:dev/nameplate/schema/migration/postgresql"};
    }

    /** Whatever the server's default is: a commit of ours returns when it is on the disk, and a lock is not waited for for ever. */
    @Override
    public void prepareWriter(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = on");
            statement.execute("set lock_timeout = '10s'");
        }
        connection.commit();
    }

    @Override
    public void makeDurable(Connection connection) {
        // a commit is durable here
    }

    @Override
    public void forget(Connection connection) {
        // nobody sees a commit here before it is durable
    }

    /** The driver fetches in portions only within a transaction. */
    @Override
    public void beginStream(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void endStream(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public String place() {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("database.password-file cannot be read: " + file, e);
        }
    }
}
