package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.est.DigestCredentials.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestCredentialsTest {
    private static final String RESPONSE = "0123456789abcdef".repeat(4);
    private static final String WHOLE =
            "Digest username=\"dev\\\"1\", realm=\"a, realm\", nonce=\"abc=\", uri=\"/e?a=b\","
                    + " algorithm=SHA-256, qop=auth, nc=0000000a, cnonce=\"x\", response=\"" + RESPONSE
                    + "\", opaque=\"\"";

    @Test
    void readsWhatClientsSend() {
        DigestCredentials read = ((Parsed.Present) DigestCredentials.parse(WHOLE)).credentials();

        assertThat(read.user()).isEqualTo("dev\"1");
        assertThat(read.realm()).isEqualTo("a, realm");
        assertThat(read.nonce()).isEqualTo("abc=");
        assertThat(read.uri()).isEqualTo("/e?a=b");
        assertThat(read.nonceCount()).isEqualTo("0000000a");
        assertThat(read.clientNonce()).isEqualTo("x");
        assertThat(read.response()).hasSize(32).startsWith(0x01, 0x23);
    }

    @Test
    void doesNotMindCaseQuotesAndSpaces() {
        String other = WHOLE.replace("Digest", "DIGEST")
                .replace("algorithm=SHA-256", "Algorithm = \"sha-256\"")
                .replace("qop=auth", "qop=\"auth\"")
                .replace("\"" + RESPONSE + "\"", RESPONSE);

        assertThat(DigestCredentials.parse(other)).isInstanceOf(Parsed.Present.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "realm", "nonce", "uri", "qop", "nc", "cnonce", "response", "algorithm"})
    void wantsEveryParameterThatIsHashed(String name) {
        String without = WHOLE.replaceFirst("(?<=[ ,])" + name + "=(\"(\\\\.|[^\"\\\\])*\"|[^,]+),? ?", "");

        assertThat(without).isNotEqualTo(WHOLE);
        assertThat(DigestCredentials.parse(without)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void takesNeitherMd5NorAnotherProtectionNorHashedNames() {
        assertThat(DigestCredentials.parse(WHOLE.replace("SHA-256", "MD5"))).isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse(WHOLE.replace("SHA-256", "SHA-256-sess")))
                .isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse(WHOLE.replace("qop=auth", "qop=auth-int")))
                .isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse(WHOLE + ", userhash=true")).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void saysOfGarbageWhatItIs() {
        assertThat(DigestCredentials.parse("Digest")).isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse("Digest nonsense")).isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse(WHOLE + ", uri=\"/other\"")).isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse(WHOLE.replace("nc=0000000a", "nc=1")))
                .isInstanceOf(Parsed.Malformed.class);
        assertThat(DigestCredentials.parse("Digest " + "a=b,".repeat(2000))).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void leavesOtherSchemesToOthers() {
        assertThat(DigestCredentials.parse(null)).isInstanceOf(Parsed.Absent.class);
        assertThat(DigestCredentials.parse("Basic YTpi")).isInstanceOf(Parsed.Absent.class);
    }

    @Test
    void showsNothingThatCouldBeReplayed() {
        assertThat(DigestCredentials.parse(WHOLE).toString()).doesNotContain("abc=");
    }
}
