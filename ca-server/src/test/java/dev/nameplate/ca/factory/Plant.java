package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A CA in memory with a line in front of it. */
final class Plant {
    static final BatchName BATCH = new BatchName("WO-1");
    static final OperatorName LINE_1 = new OperatorName("line-1");
    static final OperatorName LINE_2 = new OperatorName("line-2");
    static final Caller STATION = new Caller.Station(LINE_1);
    static final Cause CAUSE = Cause.SYSTEM;

    final TestCa ca = TestCa.founded();
    final Line line = new Line(
            ca.store.factory(),
            ca.store.ledger(),
            new Line.Certifying(ca.policy, ca.issuer),
            (batch, station) -> {
                throw new AssertionError("no key is made here");
            },
            ca.store.feed(),
            ca.clock,
            ca.random);
    final WorkOrders orders = new WorkOrders(
            ca.store.factory(),
            ca.store.factory(),
            ca.store.factory(),
            ca.profiles,
            issuer -> ca.authorities.activeKeyFor(issuer).isPresent(),
            ca.clock);

    static Plant with(int quota) {
        return with(quota, KeyOrigin.DEVICE);
    }

    static Plant with(int quota, KeyOrigin origin) {
        return with(quota, origin, new Serials.Any(), Window.ALWAYS);
    }

    static Plant with(int quota, Serials serials, Window window) {
        return with(quota, KeyOrigin.DEVICE, serials, window);
    }

    private static Plant with(int quota, KeyOrigin origin, Serials serials, Window window) {
        Plant plant = new Plant();
        for (OperatorName station : Set.of(LINE_1, LINE_2)) {
            plant.ca
                    .store
                    .factory()
                    .add(
                            new Station(station, "Plant 2", plant.ca.clock.instant()),
                            CAUSE.event(plant.ca.clock.instant(), "station.added", "station:" + station, Map.of()));
        }
        var order = new WorkOrder(
                "Sensor",
                SampleProfiles.LDEVID,
                new WorkOrder.Keys(
                        origin, origin == KeyOrigin.INJECTED ? Protection.KEY_ENCRYPTION_KEY : Protection.NONE),
                quota,
                serials,
                window,
                new Patience(2, Optional.of(Duration.ofHours(1)), Patience.Unverified.REVOKED));
        BatchChange made = plant.orders.create(BATCH, order, Set.of(LINE_1, LINE_2), CAUSE);
        if (!(made instanceof BatchChange.Done)) {
            throw new AssertionError(made);
        }
        return plant;
    }

    UnitIssuance issue(String unit, DeviceKey key) {
        return issue(unit, key, STATION);
    }

    UnitIssuance issue(String unit, DeviceKey key, Caller caller) {
        var csr = Csrs.by(key).subject("CN=" + unit).csr();
        return line.issue(new UnitWish(BATCH, new DeviceId(unit), Map.of()), csr, caller, CAUSE);
    }

    UnitIssuance.Issued issued(String unit, DeviceKey key) {
        return switch (issue(unit, key)) {
            case UnitIssuance.Issued issued -> issued;
            case UnitIssuance.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    UnitChange take(String unit, Step step) {
        return line.take(step, BATCH, new DeviceId(unit), STATION, CAUSE);
    }

    UnitChange verify(String unit, SerialNumber serial, byte[] signature) {
        return line.verify(new UnitSignature(BATCH, new DeviceId(unit), serial, signature), STATION, CAUSE);
    }

    /** From its key to having proved that it has it. */
    UnitIssuance.Issued verified(String unit, DeviceKey key) {
        UnitIssuance.Issued issued = issued(unit, key);
        SerialNumber serial = issued.certificate().serial();
        take(unit, new Step.Advance(UnitState.DELIVERED, serial));
        take(unit, new Step.Advance(UnitState.WRITTEN, serial));
        UnitChange change = verify(unit, serial, signature(issued, key));
        if (!(change instanceof UnitChange.Changed)) {
            throw new AssertionError(change);
        }
        return issued;
    }

    byte[] signature(UnitIssuance.Issued issued, DeviceKey key) {
        byte[] message = PossessionCheck.message(
                issued.unit().certificate().orElseThrow().nonce());
        var signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        signer.init(true, new ParametersWithRandom(key.privateKey(), ca.random));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    Unit unit(String id) {
        return ca.store
                .factory()
                .find(BATCH, new DeviceId(id))
                .orElseThrow()
                .unit()
                .orElseThrow();
    }

    Batch batch() {
        return ca.store.factory().find(BATCH).orElseThrow();
    }
}
