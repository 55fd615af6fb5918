package dev.nameplate.ca.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStoreException;
import org.jooq.SQLDialect;

/** H2 in one file. A commit is in memory only; {@link Pages} brings it to the disk, and keeps the file from growing. */
final class EmbeddedEngine implements Engine {
    private static final String OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;LOCK_TIMEOUT=10000" + Pages.OPTIONS;

    /** H2 counts about half of what a page takes. With a larger part, a storm over a full cache leaves no room to collect. */
    private static final int PART_OF_THE_HEAP = 8;

    private static final long MOST_CACHE = 64 << 20;

    /** How much the file may grow before it is tidied up. */
    private static final long GROWTH = 32 << 20;

    private final String file;
    private volatile long sizeWhenTidied;

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
        source.setURL("jdbc:h2:" + file + OPTIONS + ";CACHE_SIZE="
                + cacheKilobytes(Runtime.getRuntime().maxMemory()));
        source.setUser("nameplate");
        source.setPassword("");
        return source;
    }

    /** @param heap the most it may become, in octets */
    static long cacheKilobytes(long heap) {
        return Math.min(MOST_CACHE, heap / PART_OF_THE_HEAP) >> 10;
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
        Pages pages = pages(connection);
        try {
            pages.makeDurable();
            if (pages.fileSize() > sizeWhenTidied + GROWTH || pages.fileSize() < sizeWhenTidied) {
                pages.tidy();
                sizeWhenTidied = pages.fileSize();
            }
        } catch (MVStoreException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private static Pages pages(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return new Pages(session.getDatabase().getStore().getMvStore());
        }
        throw new SQLException("the embedded database is not in this process");
    }

    @Override
    public void forget(Connection connection) throws SQLException {
        execute(connection, "shutdown immediately");
    }

    /** Rows are found as they are read, not all before the first. */
    @Override
    public void beginStream(Connection connection) throws SQLException {
        execute(connection, "set lazy_query_execution 1");
    }

    @Override
    public void endStream(Connection connection) throws SQLException {
        execute(connection, "set lazy_query_execution 0");
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
