package dev.nameplate.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.IntFunction;

/** Puts revoked certificates into a database that no server has open: without indexes, which are made when all rows are there. */
final class Revoked {
    private static final int PORTION = 500_000;

    /** A server opens the file with these, too. */
    private static final String H2_OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    private static final String COLUMNS = "insert into revocation"
            + " (issuer, generation, shard, serial, state, revoked_at, reason, grounds, not_after) ";

    private static final String KEY = "primary key (issuer, generation, shard, serial)";

    private Revoked() {}

    /** Random serials, evenly in all shards; a reason each. */
    static void fill(Path home, Optional<Postgres> postgres, int entries, int shards) {
        try (Connection connection = postgres.isPresent() ? postgres.get().connect() : embedded(home);
                Statement statement = connection.createStatement()) {
            if (postgres.isPresent()) {
                statement.execute("set maintenance_work_mem = '512MB'");
                statement.execute("alter table revocation drop constraint revocation_pkey");
                statement.execute("drop index revocation_final");
                insert(statement, entries, portion -> fromServer(portion, shards));
                statement.execute("alter table revocation add " + KEY);
                statement.execute("create index revocation_final on revocation (final_at)");
                statement.execute("vacuum analyze revocation");
                statement.execute("checkpoint");
            } else {
                statement.execute("alter table revocation drop primary key");
                statement.execute("drop index revocation_final");
                insert(statement, entries, portion -> fromEmbedded(portion, shards));
                statement.execute("alter table revocation add " + KEY);
                statement.execute("create index revocation_final on revocation (final_at)");
                statement.execute("shutdown");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database takes no rows: " + e.getMessage(), e);
        }
    }

    private static void insert(Statement statement, int entries, IntFunction<String> rows) throws SQLException {
        for (int done = 0; done < entries; done += PORTION) {
            int portion = Math.min(PORTION, entries - done);
            int inserted = statement.executeUpdate(COLUMNS + rows.apply(portion));
            if (inserted != portion) {
                throw new IllegalStateException(inserted + " rows were inserted, not " + portion);
            }
        }
    }

    static Connection embedded(Path home) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:" + home.resolve("data/nameplate").toAbsolutePath() + H2_OPTIONS, "nameplate", "");
    }

    private static String fromServer(int portion, int shards) {
        return "select 'devices', 1, " + shard("i", shards)
                + ", '\\x00000001'::bytea || decode(md5(random()::text || i), 'hex'), 'REVOKED',"
                + " now() - (i % 1000000) * interval '1 second', 1, 0, now() + interval '300 days'"
                + " from generate_series(1, " + portion + ") as i";
    }

    private static String fromEmbedded(int portion, int shards) {
        return "select 'devices', 1, " + shard("x", shards)
                + ", x'00000001' || cast(random_uuid() as varbinary), 'REVOKED',"
                + " dateadd('second', -mod(x, 1000000), current_timestamp), 1, 0,"
                + " dateadd('day', 300, current_timestamp) from system_range(1, " + portion + ")";
    }

    private static String shard(String row, int shards) {
        return shards == 1 ? "0" : "1 + mod(" + row + ", " + shards + ")";
    }
}
