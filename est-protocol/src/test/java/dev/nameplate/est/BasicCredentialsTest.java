package dev.nameplate.est;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.est.BasicCredentials.Parsed;
import java.nio.charset.Charset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {
    @Test
    void readsTheExamplesOfRfc7617() {
        assertPresent("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame");
        assertPresent("Basic dGVzdDoxMjPCow==", "test", "123£");
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "BASIC", "bAsIc"})
    void takesTheSchemeInAnyCase(String scheme) {
        assertPresent(scheme + "  " + base64("u:p", UTF_8), "u", "p");
    }

    @ParameterizedTest
    @CsvSource({"':pw', '', pw", "'u:', u, ''", "':', '', ''", "'u:a:b:', u, 'a:b:'", "' u : p ', ' u ', ' p '"})
    void splitsAtTheFirstColonAndAllowsEmptyParts(String credentials, String user, String password) {
        assertPresent("Basic " + base64(credentials, UTF_8), user, password);
    }

    @Test
    void tellsAnAbsentHeaderAndAnotherSchemeFromAMalformedOne() {
        assertThat(BasicCredentials.parse(null)).isInstanceOf(Parsed.Absent.class);
        assertThat(BasicCredentials.parse("Digest username=\"u\"")).isInstanceOf(Parsed.OtherScheme.class);
        assertThat(BasicCredentials.parse("Basically dTpw")).isInstanceOf(Parsed.OtherScheme.class);
        assertThat(BasicCredentials.parse("")).isInstanceOf(Parsed.OtherScheme.class);
    }

    @Test
    void refusesWhatIsNotUserAndPassword() {
        assertMalformed("Basic");
        assertMalformed("Basic ");
        assertMalformed("Basic !!!!");
        assertMalformed("Basic dTpw dTpw");
        assertMalformed("Basic " + base64("nocolon", UTF_8));
        assertMalformed("Basic " + base64("u:p\n", UTF_8));
        assertMalformed("Basic " + base64("u\0:p", UTF_8));
        assertMalformed("Basic " + base64("u:£", ISO_8859_1));
        assertMalformed("Basic " + base64("u:" + "p".repeat(5000), UTF_8));
    }

    @Test
    void neverShowsThePassword() {
        var credentials = new BasicCredentials("dev1", "hush");
        assertThat(credentials.toString()).contains("dev1").doesNotContain("hush");
        assertThat(new Parsed.Present(credentials).toString()).doesNotContain("hush");
        assertThat(BasicCredentials.parse("Basic " + base64("hush", UTF_8)).toString())
                .doesNotContain("hush");
    }

    @Test
    void writesTheHeaderItReads() {
        assertPresent(new BasicCredentials("ü", "a:b").toHeader(), "ü", "a:b");
    }

    private static void assertPresent(String header, String user, String password) {
        assertThat(BasicCredentials.parse(header)).isEqualTo(new Parsed.Present(new BasicCredentials(user, password)));
    }

    private static void assertMalformed(String header) {
        assertThat(BasicCredentials.parse(header)).isInstanceOf(Parsed.Malformed.class);
    }

    private static String base64(String text, Charset charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }
}
