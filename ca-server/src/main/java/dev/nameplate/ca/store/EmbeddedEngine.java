package dev.nameplate.ca.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jooq.SQLDialect;

/**
 * H2 in one file.
 *
 * <p>A commit is in memory only; {@code CHECKPOINT SYNC} brings it to the disk. Each one rewrites a few pages, so the file grows
 * by what became obsolete until that may be overwritten. H2 waits 45 s before it overwrites, because it cannot know when the
 * disk has what it wrote; we do know, for every group ends with a sync, so one second is plenty, and the file stays within a few
 * times of what lives in it.
 */
final class EmbeddedEngine implements Engine {
    private static final String OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=1000;CACHE_SIZE=65536;QUERY_CACHE_SIZE=64;LOCK_TIMEOUT=10000";

    private final String file;

    /** @param file without its ending; H2's file system prefixes are understood */
    EmbeddedEngine(String file) {
        this.file = file;
    }

    static EmbeddedEngine in(Path directory) {
        return new EmbeddedEngine(
                directory.resolve("nameplate").toAbsolutePath().toString());
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.H2;
    }

    @Override
    public DataSource connections() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + file + OPTIONS);
        source.setUser("nameplate");
        source.setPassword("");
        return source;
    }

    @Override
    public String[] migrations() {
        return new String[0];
    }

    @Override
    public void prepareWriter(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void makeDurable(Connection connection) throws SQLException {
        execute(connection, "checkpoint sync");
    }

    @Override
    public void forget(Connection connection) throws SQLException {
        execute(connection, "shutdown immediately");
    }

    @Override
    public String place() {
        return file + ".mv.db";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
