package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.testkit.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away says so in one line, and is used again when it is back. */
final class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @AfterEach
    void freeTheDisk() {
        FullDisk.full(false);
    }

    @Test
    void goesOnAfterAFullDiskOnTheEmbeddedDatabase() {
        FullDisk.register();
        var engine = new EmbeddedEngine("fulldisk:" + directory.resolve("nameplate"));
        try (Database database = Database.open(engine, DatabaseSettings.embedded())) {
            Ports ports = Ports.of(database);
            ports.ledger().record(added(1, "a", "sensor-1"), issued());
            FullDisk.full(true);

            assertThatThrownBy(() -> ports.ledger().record(added(2, "b", "sensor-2"), issued()))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("No space left on device")
                    .message()
                    .doesNotContain("\n");

            FullDisk.full(false);
            await().atMost(SOON).ignoreExceptions().until(() -> records(ports, 3));
            assertThat(ports.ledger().findBySerial(serial(1))).hasSize(1);
            assertThat(ports.ledger().findBySerial(serial(2))).isEmpty();
            assertThat(ports.audit().entriesAfter(0, 10)).hasSize(2);
        }
    }

    @Test
    void goesOnAfterPostgresWasRestarted() throws IOException {
        int port = freePort();
        Path data = directory.resolve("data");
        EmbeddedPostgres server = postgres(port, data);
        String url = TestPostgres.newDatabase(server);
        try (Database database = Database.open(PostgresSettings.of(url), Path.of("unused"))) {
            Ports ports = Ports.of(database);
            ports.ledger().record(added(1, "a", "sensor-1"), issued());
            server.close();

            assertThatThrownBy(() -> ports.ledger().record(added(2, "b", "sensor-2"), issued()))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageStartingWith("database " + url + " cannot be reached now: ")
                    .message()
                    .doesNotContain("\n");
            assertThatThrownBy(() -> ports.ledger().findBySerial(serial(1)))
                    .isInstanceOf(LedgerUnavailableException.class);

            try (EmbeddedPostgres _ = postgres(port, data)) {
                await().atMost(SOON).ignoreExceptions().until(() -> records(ports, 3));
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> ports.ledger().findBySerial(serial(1)).size() == 1);
                assertThat(ports.ledger().findBySerial(serial(2))).isEmpty();
            }
        }
    }

    @Test
    void saysThatPostgresCannotBeReachedAtTheStart() throws IOException {
        String url = "jdbc:postgresql://localhost:" + freePort() + "/nameplate";

        assertThatThrownBy(() -> Database.open(PostgresSettings.of(url), directory))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageStartingWith("database " + url + " cannot be reached now: ");
    }

    @Test
    void refusesChangesOnceItIsClosed() {
        Database database = Database.open(DatabaseSettings.embedded(), directory);
        Ports ports = Ports.of(database);
        database.close();

        assertThatThrownBy(() -> ports.ledger().record(added(1, "a", "sensor-1"), issued()))
                .isInstanceOf(LedgerUnavailableException.class);
    }

    private static boolean records(Ports ports, long serial) {
        return !(ports.ledger().record(added(serial, "c", "sensor-3"), issued()) instanceof Recording.KeyTaken);
    }

    private static EmbeddedPostgres postgres(int port, Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
