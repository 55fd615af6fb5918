package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.certificate;
import static dev.nameplate.ca.store.Samples.device;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.manufacturer;
import static dev.nameplate.ca.store.Samples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that share a transaction, a database or a file. */
final class GroupsIT {
    private static final long MEGABYTE = 1 << 20;
    private static final long MOST_TIMES_LIVE = 3;

    /** What a second of the smallest groups leaves behind before it may be overwritten. */
    private static final long UNSETTLED = 256 * MEGABYTE;

    @Test
    void decidesForOneOfTwoProcessesOnOnePostgres() throws Exception {
        String url = TestPostgres.newDatabase();
        try (Database one = Database.open(PostgresSettings.of(url), Path.of("unused"));
                Database other = Database.open(PostgresSettings.of(url), Path.of("unused"));
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Recording>> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String key = "key " + i / 4;
                var contested = added(certificate(1000 + i, key), device("d" + i % 2), manufacturer("m" + i));
                Ports ports = Ports.of(i % 4 < 2 ? one : other);
                outcomes.add(executor.submit(() -> ports.ledger().record(contested, issued())));
            }

            int recorded = 0;
            for (Future<Recording> outcome : outcomes) {
                recorded += outcome.get() instanceof Recording.Recorded ? 1 : 0;
            }
            List<AuditEntry> trail = Ports.of(one).audit().entriesAfter(0, 1000);

            assertThat(recorded).isEqualTo(trail.size()).isEqualTo(100);
            assertThat(trail)
                    .extracting(AuditEntry::number)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    @Test
    void failsAChangeThatThrowsAndNoneOfItsNeighbours(@TempDir Path directory) throws Exception {
        try (Database database = Database.open(DatabaseSettings.embedded(), directory);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Ports ports = Ports.of(database);
            List<Future<Boolean>> good = new ArrayList<>();
            List<Future<Object>> bad = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String name = "sensor-" + i;
                good.add(executor.submit(() -> ports.devices().register(registered(name), event("device.registered"))));
                bad.add(executor.submit(() -> database.writer().write(writing -> {
                    writing.append(event("device.broken"));
                    throw new IllegalStateException("told to fail");
                })));
            }

            for (Future<Boolean> each : good) {
                assertThat(each.get()).isTrue();
            }
            for (Future<Object> each : bad) {
                assertThatThrownBy(each::get).hasRootCauseMessage("told to fail");
            }
            assertThat(ports.audit().entriesAfter(0, 1000))
                    .hasSize(50)
                    .extracting(entry -> entry.event().action())
                    .containsOnly("device.registered");
        }
    }

    @Test
    void keepsTheEmbeddedFileWithinAFewTimesOfWhatLivesInIt(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("nameplate.mv.db");
        long largest = 0;
        try (Database database = Database.open(DatabaseSettings.embedded(), directory)) {
            Ports ports = Ports.of(database);
            for (int i = 1; i <= 3000; i++) {
                ports.ledger().record(added(i * 7919L % 1_000_003, "key " + i, "sensor-" + i), issued());
                largest = Math.max(largest, i % 100 == 0 ? Files.size(file) : 0);
            }
        }
        long reopened = sizeWhileOpen(directory, file);
        long live = compacted(directory, file);

        assertThat(largest).isLessThan(MOST_TIMES_LIVE * live + UNSETTLED);
        assertThat(reopened).isLessThan(MOST_TIMES_LIVE * live + UNSETTLED);
    }

    private static long sizeWhileOpen(Path directory, Path file) throws IOException {
        try (Database database = Database.open(DatabaseSettings.embedded(), directory)) {
            database.probe();
            return Files.size(file);
        }
    }

    private static long compacted(Path directory, Path file) throws Exception {
        try (var connection = EmbeddedEngine.in(directory).connections().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
        return Files.size(file);
    }
}
