package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.testkit.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Both databases keep the port's promises. */
final class EvidenceIT {
    @Nested
    final class Embedded extends On {
        @TempDir
        private Path directory;

        @Override
        Database open() {
            return Database.open(DatabaseSettings.embedded(), directory);
        }
    }

    @Nested
    final class Postgres extends On {
        @Override
        Database open() {
            return Database.open(PostgresSettings.of(TestPostgres.newDatabase()), Path.of("unused"));
        }
    }

    abstract static class On implements EvidenceContract {
        private Database database;

        abstract Database open();

        @BeforeEach
        void begin() {
            database = open();
        }

        @AfterEach
        void end() {
            database.close();
        }

        @Override
        public EvidenceArchive evidence() {
            return new JooqEvidenceArchive(database);
        }

        @Override
        public AuditLog audit() {
            return new JooqAuditLog(database);
        }
    }
}
