package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestChallengeTest {
    private static final BasicCredentials MUFASA = new BasicCredentials("Mufasa", "Circle of Life");
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";

    @ParameterizedTest
    @CsvSource({
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "MD5, 8ca523f5e9506fed4657c9700eebdbec"
    })
    void answersAsTheExampleOfRfc7616Does(String algorithm, String response) {
        DigestChallenge challenge = DigestChallenge.parse(
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                                + ", nonce=\"" + NONCE + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
                .orElseThrow();

        assertThat(challenge.answer(MUFASA, "GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                .contains("response=\"" + response + "\"")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void findsItBesideBasicInOneHeader() {
        assertThat(DigestChallenge.parse("Basic realm=\"a\", Digest realm=\"b\", nonce=\"n\", qop=auth"))
                .hasValueSatisfying(found -> assertThat(found.realm()).isEqualTo("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"a\"",
                "Digest realm=\"a\", nonce=\"n\"",
                "Digest realm=\"a\", qop=\"auth\"",
                "Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"a\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256",
                "Digest",
                ""
            })
    void answersNothingThatItCannotProve(String header) {
        assertThat(DigestChallenge.parse(header)).isEmpty();
    }

    @Test
    void showsNoPassword() {
        assertThat(DigestChallenge.parse("Digest realm=\"a\", nonce=\"n\", qop=auth")
                        .orElseThrow()
                        .answer(MUFASA, "POST", "/", "c"))
                .doesNotContain("Circle");
    }
}
