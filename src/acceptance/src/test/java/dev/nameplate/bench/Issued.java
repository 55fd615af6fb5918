package dev.nameplate.bench;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts certificates on record in a database that no server has open: whatever is in them, their serials are known. */
final class Issued {
    private static final int PORTION = 100_000;
    private static final String COLUMNS =
            "insert into certificate (serial, issuer, generation, request, round, key_hash,"
                    + " holder_kind, holder_name, profile, label, credential, not_before, not_after, issued_at, der) ";

    /** Made when all rows are there, which is much quicker. */
    private static final List<String> INDEXES = List.of(
            "alter table certificate add constraint certificate_serial unique (serial, issuer, generation)",
            "alter table certificate add constraint certificate_request unique (request, round)",
            "create index certificate_holder on certificate (holder_name)");

    private Issued() {}

    private static String dropping(String index) {
        String name = Stream.of(index.split(" ", -1))
                .filter(word -> word.startsWith("certificate_"))
                .findFirst()
                .orElseThrow();
        return index.startsWith("alter") ? "alter table certificate drop constraint " + name : "drop index " + name;
    }

    static void fill(Path home, Optional<Postgres> postgres, int certificates) {
        try (Connection connection = postgres.isPresent() ? postgres.get().connect() : Revoked.embedded(home);
                Statement statement = connection.createStatement()) {
            for (String index : INDEXES) {
                statement.execute(dropping(index));
            }
            for (int first = 1; first <= certificates; first += PORTION) {
                int last = Math.min(certificates, first + PORTION - 1);
                statement.executeUpdate(
                        COLUMNS + (postgres.isPresent() ? fromServer(first, last) : fromEmbedded(first, last)));
            }
            for (String index : INDEXES) {
                statement.execute(index);
            }
            statement.execute(postgres.isPresent() ? "analyze certificate" : "shutdown");
        } catch (SQLException e) {
            throw new IllegalStateException("the database takes no rows: " + e.getMessage(), e);
        }
    }

    /** Of some of them, evenly over all. */
    static List<BigInteger> serials(int certificates, int some) {
        return IntStream.range(0, some)
                .mapToObj(i -> serial(1 + (int) ((long) i * certificates / some)))
                .toList();
    }

    private static BigInteger serial(int number) {
        try {
            byte[] name = ("bench" + number).getBytes(StandardCharsets.US_ASCII);
            return new BigInteger(1, MessageDigest.getInstance("MD5").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fromServer(int first, int last) {
        return "select '\\x00000000'::bytea || decode(md5('bench' || i), 'hex'), 'devices', 1,"
                + " decode(md5('request' || i), 'hex'), 0, decode(md5('key' || i), 'hex'), 'DEVICE', 'bench-' || i,"
                + " 'ldevid', '', 'itself:bench', now(), now() + interval '300 days', now(),"
                + " decode(repeat(md5(i::text), 40), 'hex') from generate_series(" + first + ", " + last + ") as i";
    }

    private static String fromEmbedded(int first, int last) {
        return "select x'00000000' || hash('MD5', stringtoutf8('bench' || x)), 'devices', 1,"
                + " hash('MD5', stringtoutf8('request' || x)), 0, hash('MD5', stringtoutf8('key' || x)), 'DEVICE',"
                + " 'bench-' || x, 'ldevid', '', 'itself:bench', current_timestamp,"
                + " dateadd('day', 300, current_timestamp), current_timestamp, stringtoutf8(repeat('nameplate ', 64))"
                + " from system_range(" + first + ", " + last + ")";
    }
}
