package dev.nameplate.ca.factory.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.export.Units;
import dev.nameplate.ca.factory.manifest.ManifestLine.Good;
import dev.nameplate.ca.factory.manifest.ManifestLine.Wrong;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final String KEY = key("a");
    private static final String OTHER = key("b");

    @Test
    void readsCommaSeparatedValuesAsSpreadsheetsWriteThem() throws IOException {
        String file =
                "\uFEFFID , \"Key\",model\r\nunit-1," + KEY + ",\"mk2, \"\"blue\"\"\"\r\n\r\nunit-2," + OTHER + ",\r\n";

        List<ManifestLine> lines = read(new CsvManifest(), file);

        assertThat(lines).hasSize(2).allMatch(Good.class::isInstance);
        ManifestUnit first = ((Good) lines.getFirst()).unit();
        assertThat(first.id()).hasToString("unit-1");
        assertThat(first.facts()).containsEntry("model", "mk2, \"blue\"");
        assertThat(lines.getLast().number()).isEqualTo(4);
    }

    @Test
    void tellsEachWrongLineAndGoesOn() throws IOException {
        String file = "id,key\nunit-1," + KEY + "\nunit-1," + OTHER + "\nunit-2," + KEY + "\n bad id ," + OTHER
                + "\nunit-3,zzzz\nunit-4\nunit-5,\"" + OTHER + "\nunit-6," + OTHER;

        List<ManifestLine> lines = read(new CsvManifest(), file);

        assertThat(lines)
                .filteredOn(Wrong.class::isInstance)
                .extracting(line -> line.number() + ": " + ((Wrong) line).why())
                .satisfiesExactly(
                        wrong -> assertThat(wrong).startsWith("3: the id unit-1 came before"),
                        wrong -> assertThat(wrong).startsWith("4: the key of unit-2 is another device's"),
                        wrong -> assertThat(wrong).startsWith("5: the id is not 1 to 64 letters"),
                        wrong -> assertThat(wrong).startsWith("6: the key is neither base64"),
                        wrong -> assertThat(wrong).startsWith("7: it has 1 values, the head names 2"),
                        wrong -> assertThat(wrong).startsWith("8: a quote is not closed"));
        assertThat(lines.getLast()).isInstanceOf(Good.class);
    }

    @Test
    void wantsAHead() throws IOException {
        assertThat(read(new CsvManifest(), "unit-1," + KEY + "\n"))
                .singleElement()
                .isInstanceOf(Wrong.class);
        assertThat(read(new CsvManifest(), "")).singleElement().isInstanceOf(Wrong.class);
    }

    @Test
    void readsOverALineThatIsTooLongOrNoText() throws IOException {
        byte[] file = ("id,key\n" + "x".repeat(100_000) + "\n\u00e4," + KEY + "\nunit-1," + KEY)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        List<ManifestLine> lines = read(new CsvManifest(), new ByteArrayInputStream(file));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(new Wrong(2, "it is longer than 65536 octets"));
        assertThat(lines.get(1)).isEqualTo(new Wrong(3, "it is not UTF-8"));
        assertThat(lines.get(2)).isInstanceOf(Good.class);
    }

    @Test
    void readsAPointInHexadecimalAsTheSameKey() throws IOException {
        byte[] point = spki(KEY).getPublicKeyData().getOctets();

        List<ManifestLine> lines =
                read(new CsvManifest(), "id,key\nunit-1," + HexFormat.of().formatHex(point));

        assertThat(((Good) lines.getFirst()).unit().key()).isEqualTo(spki(KEY));
    }

    @Test
    void refusesAPointThatIsNotOnItsCurve() throws IOException {
        byte[] point = spki(KEY).getPublicKeyData().getOctets();
        point[64] ^= 1;

        assertThat(read(new CsvManifest(), "id,key\nunit-1," + HexFormat.of().formatHex(point)))
                .singleElement()
                .isInstanceOf(Wrong.class);
    }

    @Test
    void refusesAKeyOnACurveThatNobodyKnowsByName() throws IOException {
        byte[] unknown = Base64.getDecoder().decode(KEY);
        unknown[21] = 0x41; // in the name of the curve

        assertThat(read(
                        new CsvManifest(),
                        "id,key\nunit-1," + Base64.getEncoder().encodeToString(unknown)))
                .singleElement()
                .isInstanceOf(Wrong.class);
    }

    @Test
    void readsLinesOfJson() throws IOException {
        List<ManifestLine> lines = read(
                NdjsonManifest.unsigned(),
                "{\"id\":\"unit-1\",\"key\":\"" + KEY + "\",\"model\":\"mk2\"}\nnonsense\n[]\n{\"id\":\"unit-2\"}\n");

        assertThat(((Good) lines.getFirst()).unit().facts()).containsEntry("model", "mk2");
        assertThat(lines.get(1)).isEqualTo(new Wrong(2, "it is not JSON"));
        assertThat(lines.get(2)).isEqualTo(new Wrong(3, "it is not a JSON object"));
        assertThat(lines.get(3)).isInstanceOf(Wrong.class);
    }

    @Test
    void readsAMillionLinesInLittleMemory() throws IOException {
        long[] counted = new long[2];

        new CsvManifest().read(new ManyLines(1_000_000, KEY), line -> counted[line instanceof Good ? 0 : 1]++);

        assertThat(counted[0]).as("the first").isEqualTo(1);
        assertThat(counted[1]).as("all others have its key").isEqualTo(999_999);
    }

    private static List<ManifestLine> read(ManifestReader reader, String file) throws IOException {
        return read(reader, new ByteArrayInputStream(file.getBytes(UTF_8)));
    }

    private static List<ManifestLine> read(ManifestReader reader, InputStream file) throws IOException {
        List<ManifestLine> lines = new ArrayList<>();
        reader.read(file, lines::add);
        return lines;
    }

    private static String key(String name) {
        CertificateDer certificate = Units.unit(name).certificate();
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            certificate.parsed().getSubjectPublicKeyInfo().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SubjectPublicKeyInfo spki(String base64) {
        return SubjectPublicKeyInfo.getInstance(Base64.getDecoder().decode(base64));
    }

    /** A file that is made while it is read. */
    private static final class ManyLines extends InputStream {
        private final long lines;
        private final String key;
        private long line;
        private byte[] now = "id,key\n".getBytes(UTF_8);
        private int at;

        ManyLines(long lines, String key) {
            this.lines = lines;
            this.key = key;
        }

        @Override
        public int read() {
            if (at == now.length) {
                if (line == lines) {
                    return -1;
                }
                now = ("unit-" + line++ + "," + key + "\n").getBytes(UTF_8);
                at = 0;
            }
            return now[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int count = 0;
            for (int octet = 0; count < length && (octet = read()) >= 0; count++) {
                into[from + count] = (byte) octet;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
