package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.MerkleRoot;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.DeviceKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClosingTest {
    private final Plant plant = Plant.with(5);
    private final List<Batch> destroyed = new ArrayList<>();
    private final Closing closing = new Closing(
            plant.ca.store.factory(),
            plant.ca.store.factory(),
            (batch, _) -> {
                destroyed.add(batch);
                return Map.of("destroyed", 1L);
            },
            (content, _) -> content,
            plant.ca.store.feed(),
            plant.ca.clock);

    @Test
    void saysWhatBecameOfEveryUnit() {
        plant.verified("unit-1", DeviceKey.p256());
        plant.issued("unit-2", DeviceKey.p256());
        plant.take("unit-2", new Step.Scrap("a dent"));

        JsonNode record = JsonMapper.shared().readTree(closed(Closing.Rest.NONE));

        assertThat(record.path("outcomes").toString()).isEqualTo("{\"closed\":1,\"scrapped\":1}");
        assertThat(record.path("used").asInt()).isEqualTo(2);
        assertThat(record.path("keys").path("destroyed").asInt()).isEqualTo(1);
        MerkleRoot tree = new MerkleRoot();
        plant.ca
                .store
                .factory()
                .list(UnitQuery.all(Plant.BATCH, Optional.empty(), 10))
                .forEach(unit -> tree.add(UnitRecord.of(unit)));
        assertThat(record.path("unitsRoot").asString()).isEqualTo(tree.root().toString());
        assertThat(plant.batch().state()).isEqualTo(Batch.State.CLOSED);
    }

    @Test
    void refusesWhileUnitsAreUnfinishedUnlessTheyAreToBeScrapped() {
        plant.issued("unit-1", DeviceKey.p256());

        assertThat(closing.close(Plant.BATCH, Closing.Rest.NONE, Plant.CAUSE).toString())
                .contains("1 of its units", "(unit-1 is issued)", "--scrap-unfinished");
        assertThat(plant.batch().state()).isEqualTo(Batch.State.OPEN);
        assertThat(destroyed).isEmpty();

        closed(Closing.Rest.SCRAPPED);

        assertThat(plant.unit("unit-1").state()).isEqualTo(UnitState.SCRAPPED);
        assertThat(plant.ca.store.ledger().all().getFirst().standing().revokedAt())
                .isPresent();
    }

    @Test
    void givesTheSameRecordEverAfter() {
        plant.verified("unit-1", DeviceKey.p256());
        byte[] first = closed(Closing.Rest.NONE);
        plant.ca.clock.advance(Duration.ofDays(3));

        assertThat(closed(Closing.Rest.NONE)).isEqualTo(first);
        assertThat(destroyed).hasSize(1);
    }

    @Test
    void hashesTheTreeOfTheStandard() {
        MerkleRoot tree = new MerkleRoot();
        assertThat(tree.root()).isEqualTo(Sha256.of());
        for (String leaf : List.of("a", "b", "c")) {
            tree.add(leaf.getBytes(StandardCharsets.US_ASCII));
        }

        Sha256 left = node(leaf("a"), leaf("b"));
        assertThat(tree.root()).isEqualTo(node(left, leaf("c")));
        assertThat(tree.size()).isEqualTo(3);
    }

    private byte[] closed(Closing.Rest rest) {
        return switch (closing.close(Plant.BATCH, rest, Plant.CAUSE)) {
            case Closing.Outcome.Closed(var record) -> record;
            case Closing.Outcome.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Sha256 leaf(String text) {
        return Sha256.of(new byte[] {0}, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Sha256 node(Sha256 left, Sha256 right) {
        return Sha256.of(new byte[] {1}, left.octets(), right.octets());
    }
}
