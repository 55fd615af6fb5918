package dev.nameplate.ca.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL keeps the ports' promises. */
final class PostgresStoreIT
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
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(PostgresSettings.ofNew(), java.nio.file.Path.of("unused"));
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
