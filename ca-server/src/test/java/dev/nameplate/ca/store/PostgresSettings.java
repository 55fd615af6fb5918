package dev.nameplate.ca.store;

import java.time.Duration;
import java.util.Optional;

/** Settings for a PostgreSQL of the test run. */
final class PostgresSettings {
    private PostgresSettings() {}

    static DatabaseSettings of(String url) {
        return new DatabaseSettings(
                Optional.of(url), Optional.of("postgres"), Optional.empty(), 4, Duration.ofSeconds(5));
    }
}
