package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditChain;
import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives the death of the process. */
final class DurabilityIT {
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED = 400;
    private static final int THREADS = 8;

    @Test
    void losesNothingAcknowledgedWhenKilledOnTheEmbeddedDatabase(@TempDir Path directory) throws Exception {
        survives(directory.toString(), () -> Database.open(DatabaseSettings.embedded(), directory));
    }

    @Test
    void losesNothingAcknowledgedWhenKilledOnPostgres() throws Exception {
        String url = TestPostgres.newDatabase();
        survives(url, () -> Database.open(PostgresSettings.of(url), Path.of("unused")));
    }

    @Test
    void refusesAnEmbeddedDatabaseThatAnotherProcessHas(@TempDir Path directory) throws IOException {
        try (KilledProcess other = KilledProcess.start(directory.toString(), 1)) {
            other.awaitFirst();

            assertThatThrownBy(() -> Database.open(DatabaseSettings.embedded(), directory))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining(directory.resolve("nameplate.mv.db").toString())
                    .hasMessageContaining("open in another nameplate process");
        }
    }

    private static void survives(String where, Supplier<Database> opening) throws IOException, InterruptedException {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (KilledProcess process = KilledProcess.start(where, THREADS)) {
                acknowledged.addAll(process.killAfter(ACKNOWLEDGED));
            }
            try (Database database = opening.get()) {
                Ports ports = Ports.of(database);
                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo((round + 1) * ACKNOWLEDGED);
                assertThat(new HashSet<>(acknowledged)).hasSameSizeAs(acknowledged);
                assertThat(new HashSet<>(recorded(ports))).containsAll(acknowledged);
                assertThat(verifiedEntries(ports)).isGreaterThanOrEqualTo(acknowledged.size());
            }
        }
    }

    private static List<String> recorded(Ports ports) {
        List<String> serials = new ArrayList<>();
        List<SerialNumber> page = page(ports, Optional.empty());
        while (!page.isEmpty()) {
            page.forEach(serial -> serials.add(serial.toString()));
            page = page(ports, Optional.of(page.getLast()));
        }
        return serials;
    }

    private static List<SerialNumber> page(Ports ports, Optional<SerialNumber> after) {
        return ports.ledger().list(new CertificateQuery(Optional.empty(), Optional.empty(), after, 1000)).stream()
                .map(IssuedCertificate::serial)
                .toList();
    }

    private static long verifiedEntries(Ports ports) {
        Optional<AuditEntry> last = Optional.empty();
        List<AuditEntry> page = ports.audit().entriesAfter(0, 1000);
        while (!page.isEmpty()) {
            for (AuditEntry entry : page) {
                assertThat(entry).isEqualTo(new AuditChain().link(last, entry.event()));
                last = Optional.of(entry);
            }
            page = ports.audit().entriesAfter(page.getLast().number(), 1000);
        }
        return last.map(AuditEntry::number).orElse(0L);
    }
}
