package dev.nameplate.ca.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A PostgreSQL of the test run, started once per JVM. Its password is not asked for. As root it runs in a user namespace, for
 * PostgreSQL refuses to run as root.
 */
public final class TestPostgres {
    private TestPostgres() {}

    private static final class Started {
        private static final EmbeddedPostgres SERVER = start();
    }

    /** @return the JDBC URL of an empty database; its user is {@code postgres} */
    public static String newDatabase() {
        return newDatabase(Started.SERVER);
    }

    /** @return the same on that server */
    public static String newDatabase(EmbeddedPostgres server) {
        return newDatabase(server, "template1");
    }

    /** @return the JDBC URL of a database with all that is in another one, which nobody is connected to */
    public static String copyOf(String url) {
        return newDatabase(Started.SERVER, url.substring(url.lastIndexOf('/') + 1));
    }

    private static String newDatabase(EmbeddedPostgres server, String like) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + like);
        } catch (SQLException e) {
            throw new IllegalStateException("the PostgreSQL of the test run makes no database", e);
        }
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started for the tests", e);
        }
    }
}
