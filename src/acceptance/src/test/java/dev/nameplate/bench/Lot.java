package dev.nameplate.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Many certificates of devices that were never enrolled: rows beside one that was, with serials, keys and holders of their own.
 * Written while the server is down.
 */
final class Lot {
    private static final String H2_OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IFEXISTS=TRUE";

    /** What is not as in the row beside them. */
    private static final Map<String, String> ON_H2 = Map.of(
            "serial", "cast(x'00000000' || secure_rand(16) as varbinary)",
            "request", "secure_rand(32)",
            "key_hash", "secure_rand(32)",
            "holder_name", "'lot-' || x");

    private static final Map<String, String> ON_POSTGRESQL = Map.of(
            "serial", "decode('00000000' || replace(gen_random_uuid()::text, '-', ''), 'hex')",
            "request", "decode(repeat(replace(gen_random_uuid()::text, '-', ''), 2), 'hex')",
            "key_hash", "decode(repeat(replace(gen_random_uuid()::text, '-', ''), 2), 'hex')",
            "holder_name", "'lot-' || x");

    private Lot() {}

    /** Needs one certificate of a device to be there. */
    static void write(Path home, Optional<Postgres> postgres, int certificates) {
        try (Connection connection = connection(home, postgres);
                Statement statement = connection.createStatement()) {
            boolean h2 = postgres.isEmpty();
            List<String> columns = columns(statement);
            Map<String, String> other = h2 ? ON_H2 : ON_POSTGRESQL;
            String numbers = (h2 ? "system_range" : "generate_series") + "(1, " + certificates + ")";
            String values = columns.stream()
                    .map(column -> other.getOrDefault(column, "one." + column))
                    .collect(Collectors.joining(", "));
            statement.execute("insert into certificate (" + String.join(", ", columns) + ") select " + values
                    + " from (select * from certificate where holder_kind = 'DEVICE' limit 1) one cross join " + numbers
                    + (h2 ? "" : " as numbers (x)"));
            statement.execute(h2 ? "shutdown" : "analyze certificate");
        } catch (SQLException e) {
            throw new IllegalStateException("the lot cannot be written: " + e.getMessage(), e);
        }
    }

    private static Connection connection(Path home, Optional<Postgres> postgres) throws SQLException {
        return postgres.isPresent()
                ? DriverManager.getConnection(
                        postgres.get().url(), Postgres.USER, postgres.get().password())
                : DriverManager.getConnection(
                        "jdbc:h2:" + home.resolve("data/nameplate") + H2_OPTIONS, "nameplate", "");
    }

    private static List<String> columns(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select * from certificate where 1 = 0")) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return columns;
        }
    }
}
