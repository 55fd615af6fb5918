package dev.nameplate.ca.factory.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.export.ExportUnit;
import dev.nameplate.ca.factory.export.SignedManifest;
import dev.nameplate.ca.factory.export.Units;
import dev.nameplate.ca.factory.manifest.ManifestLine.Good;
import dev.nameplate.ca.factory.manifest.ManifestLine.Wrong;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedManifestsTest {
    private final Party auditor = Recipe.leaf("CN=audit").selfSigned();
    private final ElementSigners signers = new ElementSigners(List.of(auditor.certificate()), "0");
    private final ExportUnit unit = Units.unit("0123f1822c38dd7f01");

    @Test
    void readsWhatWeExported() throws IOException {
        List<ManifestLine> lines =
                read(NdjsonManifest.signedBy(signers), exported(unit) + exported(Units.unit("second")));

        assertThat(lines).hasSize(2).allMatch(Good.class::isInstance);
        ManifestUnit read = ((Good) lines.getFirst()).unit();
        assertThat(read.id()).isEqualTo(unit.id());
        assertThat(read.key()).isEqualTo(unit.certificate().parsed().getSubjectPublicKeyInfo());
        assertThat(read.facts()).containsEntry("groupId", "batch-1").containsEntry("model", "sensor mk2");
    }

    @Test
    void readsAnArrayOfSignedElements() throws IOException {
        String array = "[\n" + exported(unit).strip() + ",\n"
                + exported(Units.unit("second")).strip() + "\n]";

        assertThat(read(new SecureElementManifest(signers), array)).hasSize(2).allMatch(Good.class::isInstance);
    }

    @Test
    void readsWhatComesBeforeTheCutOfAnArray() throws IOException {
        String array = "[" + exported(unit).strip() + ",{\"payload\":";

        List<ManifestLine> lines = read(new SecureElementManifest(signers), array);

        assertThat(lines.getFirst()).isInstanceOf(Good.class);
        assertThat(lines.getLast()).isEqualTo(new Wrong(2, "the file is not JSON from here on, or is cut off"));
        assertThat(read(new SecureElementManifest(signers), "{}"))
                .singleElement()
                .isInstanceOf(Wrong.class);
    }

    @Test
    void takesNothingThatAnotherSigned() throws IOException {
        Party other = Recipe.leaf("CN=audit").selfSigned();

        List<ManifestLine> lines =
                read(NdjsonManifest.signedBy(new ElementSigners(List.of(other.certificate()), "0")), exported(unit));

        assertThat(lines).containsExactly(new Wrong(1, "it is not signed by a pinned signer (x5t#S256)"));
    }

    @Test
    void takesNothingThatWasAltered() throws IOException {
        String line = exported(unit);
        String payload = line.split("\"payload\":\"", -1)[1].split("\"", -1)[0];
        String altered = new String(Base64.getUrlDecoder().decode(payload), UTF_8).replace("batch-1", "batch-2");

        assertThat(read(
                        NdjsonManifest.signedBy(signers),
                        line.replace(
                                payload,
                                Base64.getUrlEncoder().withoutPadding().encodeToString(altered.getBytes(UTF_8)))))
                .containsExactly(new Wrong(1, "its signature is wrong"));
    }

    @Test
    void takesNoElementWithAnotherLabelThanItsOwn() throws IOException {
        String relabelled = exported(unit)
                .replace("\"header\":{\"uniqueId\":\"0123f1822c38dd7f01\"}", "\"header\":{\"uniqueId\":\"ff\"}");

        assertThat(read(NdjsonManifest.signedBy(signers), relabelled))
                .containsExactly(new Wrong(1, "it is labelled ff outside and signed for 0123f1822c38dd7f01"));
    }

    @Test
    void takesTheSlotThatIsAskedForAndNoOther() throws IOException {
        var other = new ElementSigners(List.of(auditor.certificate()), "1");

        assertThat(read(NdjsonManifest.signedBy(other), exported(unit)))
                .containsExactly(new Wrong(1, "it has no key in slot 1"));
    }

    @Test
    void takesNoUnsignedLineWhereSignersArePinned() throws IOException {
        assertThat(read(NdjsonManifest.signedBy(signers), "{\"id\":\"unit-1\"}\n"))
                .singleElement()
                .isInstanceOf(Wrong.class);
        assertThat(read(NdjsonManifest.unsigned(), exported(unit)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Wrong.class, wrong -> assertThat(wrong.why()).startsWith("it is signed"));
    }

    @Test
    void seesADuplicateWithinAFile() throws IOException {
        assertThat(read(NdjsonManifest.signedBy(signers), exported(unit) + exported(unit)))
                .last()
                .isInstanceOf(Wrong.class);
    }

    private String exported(ExportUnit each) throws IOException {
        StringWriter out = new StringWriter();
        try (var manifest = new SignedManifest(out, auditor::sign, auditor.certificate())) {
            manifest.write(each);
        }
        return out.toString();
    }

    private static List<ManifestLine> read(ManifestReader reader, String file) throws IOException {
        List<ManifestLine> lines = new ArrayList<>();
        reader.read(new ByteArrayInputStream(file.getBytes(UTF_8)), lines::add);
        return lines;
    }
}
