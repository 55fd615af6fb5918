package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresentCertificatesTest {
    private final DeviceKey key = DeviceKey.p256();

    @Test
    void isTheOneThatADeviceGotOverEstWhoseKeyTheFactoryRead() {
        Plant plant = Plant.with(2, KeyOrigin.HARVESTED);
        var reading = new Harvest.Reading(new DeviceId("chip-1"), Keys.hashOf(key.publicKey()), Map.of());
        plant.orders.harvest(Plant.BATCH, List.of(reading), Plant.LINE_1, Plant.CAUSE);
        var certificates = new PresentCertificates(plant.ca.store.ledger());
        assertThat(certificates.of(plant.unit("chip-1")))
                .as("before its first boot")
                .isEmpty();

        Csr csr = Csrs.by(key).subject("CN=chip-1").csr();
        IssuedCertificate enrolled = TestCa.issued(plant.ca.enrollment.enroll(
                plant.ca.withCode("chip-1"), TestCa.label(SampleProfiles.LDEVID), csr, TestCa.REQUEST));

        assertThat(certificates.of(plant.unit("chip-1")))
                .hasValueSatisfying(now -> assertThat(now.certificate()).isEqualTo(enrolled.certificate()));
    }

    @Test
    void isTheOneOfTheLineUntilTheUnitIsScrapped() {
        Plant plant = Plant.with(2);
        IssuedCertificate issued = plant.issued("unit-1", key).certificate();
        var certificates = new PresentCertificates(plant.ca.store.ledger());

        assertThat(certificates.of(plant.unit("unit-1")))
                .hasValueSatisfying(now -> assertThat(now.certificate()).isEqualTo(issued.certificate()));
        plant.take("unit-1", new Step.Scrap("a dent"));
        assertThat(certificates.of(plant.unit("unit-1"))).isEmpty();
    }
}
