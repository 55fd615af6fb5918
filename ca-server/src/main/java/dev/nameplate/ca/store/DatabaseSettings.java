package dev.nameplate.ca.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the records are kept.
 *
 * @param url a PostgreSQL by its JDBC URL; absent for the embedded database in the home
 * @param user for PostgreSQL only
 * @param passwordFile its first line is the password; for PostgreSQL only
 * @param maxConnections for reading, 1 to 200; the writer has one more of its own
 * @param poolWait how long a reader waits for a connection, 250 ms to 60 s
 */
public record DatabaseSettings(
        Optional<String> url,
        Optional<String> user,
        Optional<Path> passwordFile,
        int maxConnections,
        Duration poolWait) {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int MAX_CONNECTIONS = 200;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    public DatabaseSettings {
        if (url.filter(given -> !given.startsWith(POSTGRESQL)).isPresent()) {
            throw new IllegalArgumentException(
                    "database.url does not begin with " + POSTGRESQL + "//; leave it out for the embedded database");
        }
        if (url.filter(given -> given.contains("password=")).isPresent()) {
            throw new IllegalArgumentException("database.url holds a password; put it in database.password-file");
        }
        if (url.isPresent() && user.isEmpty()) {
            throw new IllegalArgumentException("database.user is missing; a database.url needs it");
        }
        if (url.isEmpty() && (user.isPresent() || passwordFile.isPresent())) {
            throw new IllegalArgumentException(
                    "database.user and database.password-file are for a database.url, which is missing");
        }
        if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "database.max-connections is not 1 to " + MAX_CONNECTIONS + ": " + maxConnections);
        }
        if (poolWait.compareTo(SHORTEST_WAIT) < 0 || poolWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("database.pool-wait is not 250 ms to 60 s: " + poolWait);
        }
    }

    /** The embedded database, eight connections, five seconds of patience. */
    public static DatabaseSettings embedded() {
        return new DatabaseSettings(Optional.empty(), Optional.empty(), Optional.empty(), 8, Duration.ofSeconds(5));
    }
}
