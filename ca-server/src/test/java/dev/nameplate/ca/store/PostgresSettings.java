package dev.nameplate.ca.store;

import dev.nameplate.ca.testkit.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings for a PostgreSQL of the test run. */
final class PostgresSettings {
    private PostgresSettings() {}

    private static final class Migrated {
        private static final String URL = migrated();

        private static String migrated() {
            String url = TestPostgres.newDatabase();
            Database.open(of(url), Path.of("unused")).close();
            return url;
        }
    }

    /** A new database in which every table is there already, which saves each test its migration. */
    static DatabaseSettings ofNew() {
        return of(TestPostgres.copyOf(Migrated.URL));
    }

    static DatabaseSettings of(String url) {
        return new DatabaseSettings(
                Optional.of(url), Optional.of("postgres"), Optional.empty(), 4, Duration.ofSeconds(5));
    }
}
