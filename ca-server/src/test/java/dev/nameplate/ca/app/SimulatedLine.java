package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.BatchChange;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A station that keeps its certificate young, and its batch that stays open, with a key-encryption key. */
final class SimulatedLine {
    private static final OperatorName STATION = new OperatorName("line-1");
    private static final BatchName BATCH = new BatchName("WO-1");

    private final Core core;
    private final SimulatedDevice station;

    SimulatedLine(Server server, Stations stations) {
        this.core = server.core();
        this.station = SimulatedDevice.station(
                STATION.value(),
                server.est(),
                ((Stations.Outcome.Added) stations.add(STATION, "Plant 1", Cause.SYSTEM))
                        .code()
                        .text());
        Records.Factory records = core.records().factory();
        var orders = new WorkOrders(
                records.batches(),
                records.stations(),
                records.units(),
                core.settings().profiles(),
                issuer -> core.authorities().activeKeyFor(issuer).isPresent(),
                core.means().clock());
        assertThat(orders.create(BATCH, order(), Set.of(STATION), Cause.SYSTEM)).isInstanceOf(BatchChange.Done.class);
        var handovers = new Handovers(
                new Handovers.Registers(records.batches(), records.handovers(), records.keks()),
                new TokenUnitKeys(
                        core.batchKeys(), records.handovers(), core.settings().profiles()),
                KekRotations.turn(core, "handing over", Duration.ofMinutes(1)),
                core.means().clock());
        assertThat(handovers.hand(BATCH, recipient(), new Caller.Station(STATION), Cause.SYSTEM))
                .isInstanceOf(Handovers.Outcome.Handed.class);
    }

    SimulatedDevice station() {
        return station;
    }

    /** How many key-encryption keys there were up to now. */
    int keks() {
        return core.records()
                .factory()
                .handovers()
                .find(BATCH, STATION)
                .map(Handover::number)
                .orElseThrow()
                .number();
    }

    /** How many of them are destroyed, and on record as that. */
    int destroyed() {
        return core.records().factory().keks().destructions(BATCH).size();
    }

    private static WorkOrder order() {
        return new WorkOrder(
                "Sensor 3",
                new ProfileName("idevid"),
                new WorkOrder.Keys(KeyOrigin.INJECTED, Protection.KEY_ENCRYPTION_KEY),
                7,
                new Serials.Any(),
                new Window(Optional.empty(), Optional.empty()),
                new Patience(3, Optional.empty(), Patience.Unverified.LISTED));
    }

    private static SubjectPublicKeyInfo recipient() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return SubjectPublicKeyInfo.getInstance(
                    generator.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
