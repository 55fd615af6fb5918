package dev.nameplate.ca.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** H2 keeps the ports' promises. */
final class EmbeddedStoreIT
        implements LedgerContract,
                DoorContract,
                RegistryContract,
                StandingContract,
                PlanContract,
                PieceContract,
                CrlContract,
                FetchContract,
                FactoryContract,
                BundleContract {
    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.embedded(), directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Ports ports() {
        return Ports.of(database);
    }
}
