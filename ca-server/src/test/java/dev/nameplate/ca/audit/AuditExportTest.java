package dev.nameplate.ca.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class AuditExportTest {
    private final Trail trail = Trail.of(8, 4);
    private final Sha256 root = trail.root.certificate().fingerprint();

    @Test
    void verifiesWithNothingButItself() throws IOException {
        AuditVerdict intact =
                new AuditVerdict.Intact(8, 8, trail.seals.getLast().at());

        assertThat(verify(lines())).isEqualTo(intact);
        assertThat(AuditExport.verify(in(lines()), Optional.of(root))).isEqualTo(intact);
    }

    @Test
    void keepsEveryCharacterOfAFact() throws IOException {
        trail.write("device.registered", Map.of("name", "\u00fc \u20ac \ud83d\ude00 \"\\/ <&>"));
        trail.sealer().sealNow();

        assertThat(verify(lines())).isInstanceOf(AuditVerdict.Intact.class);
    }

    @Test
    void putsSealsAfterTheirEntries() throws IOException {
        assertThat(lines()).hasSize(1 + 8 + 2);
        assertThat(lines().get(0))
                .contains("\"format\":\"nameplate-audit-export-v1\"")
                .contains("\"entries\":8");
        assertThat(lines().get(5)).startsWith("{\"seal\":").contains("\"number\":4");
    }

    @Test
    void noticesEverySingleChangedCharacter() throws IOException {
        Trail small = Trail.of(2, 2);
        String whole = String.join("\n", exported(small, small.certificates())) + "\n";
        for (int i = whole.indexOf('\n') + 1; i < whole.length(); i++) {
            char other = whole.charAt(i) == 'a' ? 'b' : 'a';
            String changed = whole.substring(0, i) + other + whole.substring(i + 1);
            assertThat(verify(changed)).as("character " + i).isInstanceOf(AuditVerdict.Broken.class);
        }
    }

    @Test
    void takesALineInItsOneFormOnly() throws IOException {
        for (String other :
                List.of("{\"comment\":\"x\",\"entry\"", "{ \"entry\"", "{\"entry\":7,\"entry\"", "{\"\\u0065ntry\"")) {
            List<String> lines = lines();
            lines.set(1, lines.get(1).replaceFirst("\\{\"entry\"", Matcher.quoteReplacement(other)));
            assertThat(verify(lines)).as(other).isEqualTo(new AuditVerdict.Broken(1, AuditFault.UNREADABLE));
        }
    }

    @Test
    void noticesEveryDeletedRepeatedAndSwappedLine() throws IOException {
        for (int i = 1; i <= 8; i++) {
            List<String> deleted = lines();
            deleted.remove(i);
            List<String> repeated = lines();
            repeated.add(i, repeated.get(i));
            List<String> swapped = lines();
            Collections.swap(swapped, i, i + 1);
            if (!lines().get(i).startsWith("{\"seal\"")) {
                assertThat(verify(deleted)).as("deleted " + i).isInstanceOf(AuditVerdict.Broken.class);
                assertThat(verify(repeated)).as("repeated " + i).isInstanceOf(AuditVerdict.Broken.class);
            }
            assertThat(verify(swapped)).as("swapped " + i).isInstanceOf(AuditVerdict.Broken.class);
        }
    }

    @Test
    void noticesACutEnd() throws IOException {
        List<String> lines = lines();

        assertThat(verify(lines.subList(0, 6))).isEqualTo(new AuditVerdict.Broken(5, AuditFault.TRUNCATED));
        assertThat(verify(String.join("\n", lines))).isEqualTo(new AuditVerdict.Broken(9, AuditFault.UNREADABLE));
    }

    @Test
    void doesNotCallAnExportIntactWhoseSealsWereTakenOut() throws IOException {
        List<String> lines = lines();
        lines.removeIf(line -> line.startsWith("{\"seal\""));

        assertThat(verify(lines)).isEqualTo(new AuditVerdict.Unsealed(8));
    }

    @Test
    void tellsOfSealsWhoseEntriesAreGoneFromTheRecords() throws IOException {
        trail.entries.subList(6, 8).clear();

        assertThat(verify(lines())).isEqualTo(new AuditVerdict.Broken(7, AuditFault.TRUNCATED));
    }

    @Test
    void takesAForgeryWithItsOwnRootOnlyWithoutAPin() throws IOException {
        Trail forged = Trail.of(8, 4);

        assertThat(AuditExport.verify(in(exported(forged, forged.certificates())), Optional.empty()))
                .isInstanceOf(AuditVerdict.Intact.class);
        assertThat(AuditExport.verify(in(exported(forged, forged.certificates())), Optional.of(root)))
                .isEqualTo(new AuditVerdict.Broken(4, AuditFault.SEAL_SIGNER));
    }

    @Test
    void takesNoAuditCertificateThatOnlyClaimsThePinnedRoot() throws IOException {
        Party pretender = Recipe.leaf("CN=audit")
                .purpose(AuditCertificates.PURPOSE)
                .by(Recipe.ca("CN=root").selfSigned());
        List<String> lines = lines();
        AuditSeal old = trail.seals.getFirst();
        lines.set(0, head(List.of(pretender, trail.root)));
        lines.set(
                5,
                utf8(ExportLine.of(new AuditSeal(
                        4,
                        old.hash(),
                        old.at(),
                        pretender.certificate().fingerprint(),
                        pretender.sign(SealedMessage.of(old).octets())))));

        assertThat(AuditExport.verify(in(lines), Optional.of(root)))
                .isEqualTo(new AuditVerdict.Broken(4, AuditFault.SEAL_SIGNER));
    }

    @Test
    void refusesWhatIsNoExport() throws IOException {
        AuditVerdict unreadable = new AuditVerdict.Broken(0, AuditFault.UNREADABLE);
        for (String text :
                List.of("", "\n", "{}\n", "[]\n", "null\n", "garbage\n", "{\"entry\":7}\n", "[".repeat(100_000))) {
            assertThat(verify(text))
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isEqualTo(unreadable);
        }
        assertThat(verify("x".repeat(3 << 20))).isEqualTo(unreadable);
    }

    @Test
    void survivesCertificatesOfGarbage() throws IOException {
        List<String> lines = lines();
        lines.set(
                0,
                lines.get(0)
                        .replaceFirst("\\[\"[^\"]*", "[\"" + Base64.getEncoder().encodeToString(new byte[40])));

        assertThat(verify(lines)).isEqualTo(new AuditVerdict.Broken(0, AuditFault.UNREADABLE));
    }

    private String head(List<Party> parties) {
        return utf8(ExportLine.head(parties.stream().map(Party::certificate).toList(), 8, trail.clock.instant()));
    }

    private List<String> lines() throws IOException {
        return exported(trail, trail.certificates());
    }

    private static List<String> exported(Trail trail, AuditCertificates certificates) throws IOException {
        var out = new ByteArrayOutputStream();
        new AuditExport(trail, () -> certificates, trail.clock).writeTo(out);
        return new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static AuditVerdict verify(List<String> lines) throws IOException {
        return AuditExport.verify(in(lines), Optional.empty());
    }

    private static AuditVerdict verify(String text) throws IOException {
        return AuditExport.verify(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.empty());
    }

    private static ByteArrayInputStream in(List<String> lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String utf8(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
