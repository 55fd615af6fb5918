package dev.nameplate.est;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstBase64Test {
    private static final byte[] DER = Samples.requestDer("p256.csr");
    private static final String FLAT = Base64.getEncoder().encodeToString(DER);

    @Test
    void readsLinesOf64() {
        assertReads(FLAT.replaceAll("(.{64})", "$1\n") + "\n", BodyForm.WRAPPED);
    }

    @Test
    void readsLinesOf76WithCarriageReturns() {
        assertReads(FLAT.replaceAll("(.{76})", "$1\r\n") + "\r\n", BodyForm.WRAPPED);
    }

    @Test
    void readsOneLineOfAnyLength() {
        assertReads(FLAT, BodyForm.ONE_LINE);
        byte[] big = new byte[100_000];
        new Random(1).nextBytes(big);
        big[0] = 0x31;
        assertThat(EstBase64.decode(Base64.getEncoder().encode(big)).content()).isEqualTo(big);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "  \n\n", "\t"})
    void takesOneLineForOneLineWhateverWhitespaceSurroundsIt(String around) {
        assertReads(around + FLAT + around, BodyForm.ONE_LINE);
    }

    @Test
    void readsSpaceAndTabAnywhere() {
        assertReads(FLAT.replaceAll("(.{10})", "$1 \t"), BodyForm.ONE_LINE);
        assertReads(FLAT.replaceAll("(.)", "$1 \t\r\n"), BodyForm.WRAPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"})
    void readsPem(String label) {
        String lines = FLAT.replaceAll("(.{64})", "$1\n");
        assertReads("-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n", BodyForm.PEM);
        assertReads("\r\n-----BEGIN " + label + "-----\r\n" + FLAT + "-----END " + label + "-----", BodyForm.PEM);
    }

    @Test
    void readsPemThatOpensslMade() {
        assertThat(EstBase64.decode(Samples.resource("newhdr.csr")).form()).isEqualTo(BodyForm.PEM);
    }

    @Test
    void readsBareDer() {
        MessageBody body = EstBase64.decode(DER);
        assertThat(body.content()).isEqualTo(DER);
        assertThat(body.form()).isEqualTo(BodyForm.DER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AAAA!|body is not base64: character '!' at position 4",
                "AA\u00e4A|body is not base64: byte 0xE4 at position 2",
                "AA\u0000A|body is not base64: byte 0x00 at position 2",
                "AA-_|body is not base64: character '-' at position 2",
                "AAA|3 characters and 0 of padding are not whole groups of 4",
                "A|1 characters and 0 of padding are not whole groups of 4",
                "AA=|2 characters and 1 of padding",
                "AAAA=|4 characters and 1 of padding",
                "AAAA====|4 characters and 4 of padding",
                "A===|1 characters and 3 of padding",
                "====|it has no characters",
                "AA==AAAA|it goes on after its padding, at position 4",
                "AA=A|it goes on after its padding, at position 3",
                "AB==|unused bits before the padding are not zero",
                "AAB=|unused bits before the padding are not zero",
                "-AAA|body starts with '-' but not with a PEM line",
                "-----BEGIN CERTIFICATE REQUEST-----AAAA|\"-----END CERTIFICATE REQUEST-----\" is missing",
                "-----BEGIN CERTIFICATE REQUEST|BEGIN line is not closed",
                "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----|it must be CERTIFICATE REQUEST or NEW",
                "-----BEGIN CERTIFICATE REQUEST-----AAAA-----END NEW CERTIFICATE REQUEST-----|is missing",
                "-----BEGIN CERTIFICATE REQUEST-----A:AA-----END CERTIFICATE REQUEST-----|':' at position 36",
                "-----BEGIN CERTIFICATE REQUEST-----AAAA-----END CERTIFICATE REQUEST-----x|goes on after the PEM END",
                "x-----BEGIN CERTIFICATE REQUEST-----AAAA-----END CERTIFICATE REQUEST-----|character '-' at position 1",
            })
    void refusesAnythingElseAndSaysWhere(String body, String message) {
        assertThatThrownBy(() -> EstBase64.decode(body.getBytes(ISO_8859_1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void refusesAnEmptyBody(String body) {
        assertThatThrownBy(() -> EstBase64.decode(body.getBytes(US_ASCII)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("body is empty");
    }

    @Test
    void refusesASecondPemBlock() {
        String pem = new String(Samples.resource("p256.csr"), US_ASCII);
        assertThatThrownBy(() -> EstBase64.decode((pem + pem).getBytes(US_ASCII)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("body holds a second PEM block; send one");
    }

    @Test
    void writesLinesOf64EachEndedByLineFeed() {
        String lines = new String(EstBase64.encode(new byte[49], Wrapping.LINES_64), US_ASCII);
        assertThat(lines).isEqualTo("A".repeat(64) + "\nAA==\n");
        assertThat(EstBase64.encode(new byte[48], Wrapping.LINES_64))
                .asString(US_ASCII)
                .isEqualTo("A".repeat(64) + "\n");
    }

    @Test
    void writesOneLineWithoutLineEnd() {
        assertThat(EstBase64.encode(new byte[49], Wrapping.ONE_LINE))
                .asString(US_ASCII)
                .isEqualTo("A".repeat(66) + "==");
    }

    @Test
    void answersInTheFormTheRequestCameIn() {
        assertThat(BodyForm.ONE_LINE.answerWrapping(Wrapping.LINES_64)).isEqualTo(Wrapping.ONE_LINE);
        assertThat(BodyForm.WRAPPED.answerWrapping(Wrapping.ONE_LINE)).isEqualTo(Wrapping.LINES_64);
        assertThat(BodyForm.PEM.answerWrapping(Wrapping.ONE_LINE)).isEqualTo(Wrapping.LINES_64);
        assertThat(BodyForm.DER.answerWrapping(Wrapping.ONE_LINE)).isEqualTo(Wrapping.ONE_LINE);
    }

    @Test
    void agreesWithTheJdkOnBytesOfEveryLength() {
        var random = new Random(7);
        for (int length = 1; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (Wrapping wrapping : Wrapping.values()) {
                byte[] encoded = EstBase64.encode(bytes, wrapping);
                if (encoded[0] != '0') {
                    assertThat(EstBase64.decode(encoded).content()).isEqualTo(bytes);
                }
            }
        }
    }

    private static void assertReads(String body, BodyForm form) {
        MessageBody read = EstBase64.decode(body.getBytes(US_ASCII));
        assertThat(read.content()).isEqualTo(DER);
        assertThat(read.form()).isEqualTo(form);
    }
}
