package dev.nameplate.ca.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BundleFilesIT {
    private static final int UNITS = 5;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(directory.resolve("units"));
    }

    @Test
    void beginsWithTheFirstPlace() throws IOException {
        assertThat(BundleFiles.firstMissing(directory)).isEqualTo(1);
    }

    @Test
    void goesOnBehindWhatIsThere() throws IOException {
        BundleFiles.keep(directory, units(), new RealDisk());

        assertThat(BundleFiles.firstMissing(directory)).isEqualTo(UNITS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoPlaceOutThatAPowerCutKeptFromTheDisk(CuttingDisk.Reached reached) throws IOException {
        assertThatThrownBy(() -> BundleFiles.keep(directory, units(), new CuttingDisk(1, reached)))
                .isInstanceOf(CuttingDisk.PowerCutException.class);

        int from = BundleFiles.firstMissing(directory);
        assertThat(from).isEqualTo(reached == CuttingDisk.Reached.ALL ? UNITS + 1 : 1);
        BundleFiles.keep(directory, units().subList(from - 1, UNITS), new RealDisk());

        Map<DeviceId, Path> there = BundleFiles.units(directory);
        assertThat(there.keySet())
                .containsExactlyElementsOf(
                        units().stream().map(BundleFiles.Fetched::unit).toList());
        for (BundleFiles.Fetched unit : units()) {
            assertThat(there.get(unit.unit())).hasBinaryContent(unit.octets());
        }
        try (Stream<Path> files = Files.list(directory.resolve("units"))) {
            assertThat(files).hasSize(UNITS);
        }
    }

    private static List<BundleFiles.Fetched> units() {
        return IntStream.rangeClosed(1, UNITS)
                .mapToObj(place -> new BundleFiles.Fetched(
                        place, new DeviceId("unit-" + place), ("sealed " + place).getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }
}
