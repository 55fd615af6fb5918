package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.lint.MatterRules;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates that others made for their tests; where they are from stands beside them. */
final class ForeignMatterTest {
    @ParameterizedTest
    @EnumSource(MatterRules.Kind.class)
    void findsNothingWrongWithACertificateOfItsKind(MatterRules.Kind kind) throws IOException {
        assertThat(MatterChain.of(kind, certificate(kind.name()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MatterRules.Kind.class)
    void takesNoneForAnotherKind(MatterRules.Kind kind) throws IOException {
        for (MatterRules.Kind other : MatterRules.Kind.values()) {
            if (other != kind) {
                assertThat(MatterChain.of(other, certificate(kind.name()))).isNotEmpty();
            }
        }
    }

    @Test
    void noticesAnAuthorityWithoutPathLength() throws IOException {
        assertThat(MatterChain.of(MatterRules.Kind.PAA, certificate("PAA-without-path-length")))
                .containsExactly("Matter PAA: pathLenConstraint is not 1");
    }

    @Test
    void noticesThatTheyAreOfDifferentGenerations() throws IOException {
        var chain = new MatterChain(certificate("DAC"), certificate("PAI"), certificate("PAA"));

        assertThat(chain.findings()).isNotEmpty().allMatch(finding -> !finding.contains("PAA:"));
        assertThat(chain.ids().vendor()).contains("FFF1");
    }

    private static CertificateDer certificate(String file) throws IOException {
        String name = "/matter/" + file + ".pem";
        try (InputStream in = Objects.requireNonNull(ForeignMatterTest.class.getResourceAsStream(name), name)) {
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return CertificateDer.parse(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
        }
    }
}
