package dev.nameplate.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Many certificates of devices that were never enrolled: rows beside one that was, with serials, keys and holders of their own.
 * Written while the server is down. Their signatures are not looked at.
 */
final class Lot {
    private static final String H2_OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IFEXISTS=TRUE";
    private static final int BATCH = 1000;
    private static final int HASH_OCTETS = 32;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<String> columns = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private Lot(ResultSet row) throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            columns.add(row.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            values.add(row.getObject(i));
        }
    }

    /** Needs one certificate of a device to be there. */
    static void write(Path home, Optional<Postgres> postgres, int certificates) {
        try (Connection connection = connection(home, postgres);
                Statement statement = connection.createStatement()) {
            Lot lot;
            try (ResultSet row =
                    statement.executeQuery("select * from certificate where holder_kind = 'DEVICE' limit 1")) {
                row.next();
                lot = new Lot(row);
            }
            connection.setAutoCommit(false);
            lot.insert(connection, certificates);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute(postgres.isPresent() ? "analyze certificate" : "shutdown");
        } catch (SQLException e) {
            throw new IllegalStateException("the lot cannot be written: " + e.getMessage(), e);
        }
    }

    private void insert(Connection connection, int certificates) throws SQLException {
        String sql = "insert into certificate (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int number = 1; number <= certificates; number++) {
                byte[] serial = serial();
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 1, value(i, serial, number));
                }
                insert.addBatch();
                if (number % BATCH == 0 || number == certificates) {
                    insert.executeBatch();
                }
            }
        }
    }

    private Object value(int column, byte[] serial, int number) {
        return switch (columns.get(column)) {
            case "serial" -> serial;
            case "der" -> der(serial);
            case "request", "key_hash" -> octets(HASH_OCTETS);
            case "holder_name" -> "lot-" + number;
            default -> values.get(column);
        };
    }

    /** As long as the one beside them, so that it fits where that one stands in the certificate. */
    private byte[] serial() {
        byte[] serial = own("serial").clone();
        int first = firstOf(serial);
        byte[] drawn = octets(serial.length - first - 1);
        System.arraycopy(drawn, 0, serial, first + 1, drawn.length);
        return serial;
    }

    private byte[] der(byte[] serial) {
        byte[] der = own("der").clone();
        byte[] before = own("serial");
        int first = firstOf(before);
        int length = before.length - first;
        for (int at = 0; at < der.length - length; at++) {
            if (Arrays.equals(der, at, at + length, before, first, before.length)) {
                System.arraycopy(serial, first, der, at, length);
                return der;
            }
        }
        throw new IllegalStateException("a certificate does not hold its serial");
    }

    private byte[] own(String column) {
        return (byte[]) values.get(columns.indexOf(column));
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static int firstOf(byte[] serial) {
        int first = 0;
        while (serial[first] == 0) {
            first++;
        }
        return first;
    }

    private static Connection connection(Path home, Optional<Postgres> postgres) throws SQLException {
        return postgres.isPresent()
                ? DriverManager.getConnection(
                        postgres.get().url(), Postgres.USER, postgres.get().password())
                : DriverManager.getConnection(
                        "jdbc:h2:" + home.resolve("data/nameplate") + H2_OPTIONS, "nameplate", "");
    }
}
