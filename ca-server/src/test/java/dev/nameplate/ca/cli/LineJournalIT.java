package dev.nameplate.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut or a bad disk takes nothing from a station's journal but what it touched, and adds nothing. */
final class LineJournalIT {
    private static final List<LineJournal.Entry> WRITTEN = List.of(
            new LineJournal.Entry("unit-1", "begun"),
            new LineJournal.Entry("unit-1", "delivered"),
            new LineJournal.Entry("unit-2", "begun"),
            new LineJournal.Entry("unit-1", "written"),
            new LineJournal.Entry("unit-1", "verified"));

    @TempDir
    private Path home = Path.of("");

    private Path file = Path.of("");
    private LineJournal journal = new LineJournal(file);

    @BeforeEach
    void write() {
        journal = LineJournal.of(home, "line-1", "WO-1");
        WRITTEN.forEach(journal::append);
        file = home.resolve("station/line-1/WO-1.journal");
    }

    @Test
    void knowsWhatIsInHand() {
        assertThat(journal.read().entries()).isEqualTo(WRITTEN);
        assertThat(journal.read().inHand()).containsOnlyKeys("unit-2");
    }

    @Test
    void hasNothingInHandThatWasRefused() {
        for (String step : List.of("begun", "refused")) {
            journal.append(new LineJournal.Entry("unit-3", step));
            journal.append(new LineJournal.Entry("unit-1", step));
            journal.append(new LineJournal.Entry("unit-2", step));
        }

        assertThat(journal.read().inHand()).containsOnlyKeys("unit-2");
    }

    @Test
    void cutAtAnyOctetItHasEveryLineThatWasWholeAndGoesOnBehindIt() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        var next = new LineJournal.Entry("unit-3", "begun");
        for (int length = 0; length <= whole.length; length++) {
            byte[] rest = Arrays.copyOf(whole, length);
            Files.write(file, rest);
            int lines = lines(rest);

            assertThat(journal.read().entries()).as("after %d octets", length).isEqualTo(WRITTEN.subList(0, lines));
            journal.append(next);

            List<LineJournal.Entry> expected = new ArrayList<>(WRITTEN.subList(0, lines));
            expected.add(next);
            assertThat(journal.read()).isEqualTo(new LineJournal.Content(expected, List.of()));
        }
    }

    @Test
    void believesNoLineWithAFlippedBit() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] spoilt = whole.clone();
            spoilt[bit / 8] ^= (byte) (1 << bit % 8);

            LineJournal.Content content = LineJournal.parse(spoilt);

            assertThat(content.damaged()).as("bit %d is flipped", bit).isNotEmpty();
            assertThat(content.entries()).isSubsetOf(WRITTEN).hasSizeGreaterThanOrEqualTo(WRITTEN.size() - 2);
        }
    }

    private static int lines(byte[] octets) {
        int lines = 0;
        for (byte octet : octets) {
            lines += octet == '\n' ? 1 : 0;
        }
        return lines;
    }
}
