package dev.nameplate.ca.app;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.Settings;
import dev.nameplate.ca.store.Database;
import dev.nameplate.ca.store.JooqAuditLog;
import dev.nameplate.ca.store.JooqBatchRegister;
import dev.nameplate.ca.store.JooqBundleRegister;
import dev.nameplate.ca.store.JooqCertificateLedger;
import dev.nameplate.ca.store.JooqDeviceRegistry;
import dev.nameplate.ca.store.JooqEnrolmentCodes;
import dev.nameplate.ca.store.JooqHandoverRegister;
import dev.nameplate.ca.store.JooqIssuerRegistry;
import dev.nameplate.ca.store.JooqKekBook;
import dev.nameplate.ca.store.JooqKnownCertificates;
import dev.nameplate.ca.store.JooqNodes;
import dev.nameplate.ca.store.JooqOperatorRegistry;
import dev.nameplate.ca.store.JooqPlanStore;
import dev.nameplate.ca.store.JooqRevocationChanges;
import dev.nameplate.ca.store.JooqRevocationRegister;
import dev.nameplate.ca.store.JooqStationRegister;
import dev.nameplate.ca.store.JooqUnitRegister;
import java.time.InstantSource;

/** Every port of the features, on one database. */
record Records(
        Database database,
        JooqCertificateLedger ledger,
        JooqKnownCertificates known,
        JooqIssuerRegistry issuers,
        Registries registries,
        Standings standings,
        Factory factory,
        JooqAuditLog audit)
        implements AutoCloseable {
    /** Where certificates stand, how that changed, and who else follows. */
    record Standings(
            JooqRevocationRegister register, JooqRevocationChanges changes, JooqNodes nodes, JooqPlanStore plans) {}

    /** Work orders, their units, and where they are made. */
    record Factory(
            JooqBatchRegister batches,
            JooqUnitRegister units,
            JooqHandoverRegister handovers,
            JooqKekBook keks,
            JooqStationRegister stations,
            JooqBundleRegister bundles) {}

    /** Who may ask for something. */
    record Registries(JooqDeviceRegistry devices, JooqEnrolmentCodes codes, JooqOperatorRegistry operators) {}

    static Records open(Home home, Settings settings, InstantSource clock) {
        Database database = Database.open(settings.database(), home.data());
        return new Records(
                database,
                new JooqCertificateLedger(database, clock),
                new JooqKnownCertificates(database),
                new JooqIssuerRegistry(database),
                new Registries(
                        new JooqDeviceRegistry(database),
                        new JooqEnrolmentCodes(database),
                        new JooqOperatorRegistry(database)),
                new Standings(
                        new JooqRevocationRegister(database),
                        new JooqRevocationChanges(database),
                        new JooqNodes(database),
                        new JooqPlanStore(database)),
                new Factory(
                        new JooqBatchRegister(database),
                        new JooqUnitRegister(database),
                        new JooqHandoverRegister(database),
                        new JooqKekBook(database),
                        new JooqStationRegister(database),
                        new JooqBundleRegister(database)),
                new JooqAuditLog(database));
    }

    @Override
    public void close() {
        database.close();
    }
}
