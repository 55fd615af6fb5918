package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is a message or a MalformedMessageException, and it is quick. */
class HostileInputTest {
    private static final Duration QUICK = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "30800000, an indefinite length; send DER",
        "3081050000000000, not in its shortest form",
        "308200020500, not in its shortest form",
        "3084000000020500, a length in 4 octets",
        "30847fffffff, a length in 4 octets",
        "308800000000ffffffff, a length in 8 octets",
        "30ff, a length in 127 octets",
        "30030201, a length of 3 where 2 bytes are left",
        "300302, a length of 3 where 1 bytes are left",
        "30020203, a length of 3 where 0 bytes are left",
        "300102, it is cut short",
        "30, it is cut short",
        "3000ff, 1 bytes after the end of the value",
        "30003000, 2 bytes after the end of the value",
        "30041f810100, a tag number above 30",
        "300424020400, a constructed string",
    })
    void refusesEncodingsThatAreNotDer(String hex, String message) {
        assertThatThrownBy(() -> Pkcs10.parse(Hex.decode(hex)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesBytesAfterTheRequest() {
        byte[] der = Samples.requestDer("p256.csr");
        assertThatThrownBy(() -> Pkcs10.parse(Arrays.copyOf(der, der.length + 1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("certification request is not DER: 1 bytes after the end of the value");
    }

    @Test
    void refusesDeepNestingWithoutOverflowingTheStack() {
        byte[] deep = nested(60_000);
        assertTimeoutPreemptively(QUICK, () -> {
            assertThatThrownBy(() -> Pkcs10.parse(deep)).hasMessageContaining("more than 32 levels");
            assertThatThrownBy(() -> CertsOnly.parse(deep)).hasMessageContaining("more than 32 levels");
            byte[] indefinite = new byte[200_000];
            for (int i = 0; i < indefinite.length; i += 2) {
                indefinite[i] = 0x30;
                indefinite[i + 1] = (byte) 0x80;
            }
            assertThatThrownBy(() -> CertsOnly.parse(indefinite)).hasMessageContaining("more than 32 levels");
        });
    }

    @Test
    void refusesARequestOfMegabytesUnread() {
        assertThatThrownBy(() -> Pkcs10.parse(new byte[10_000_000]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("at most 262144");
    }

    @Test
    void readsAFloodOfTinyElementsQuickly() {
        byte[] flood = new byte[200_000];
        for (int i = 0; i < flood.length; i += 2) {
            flood[i] = 0x05;
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(Hex.decode("30830" + Integer.toHexString(flood.length)));
        out.writeBytes(flood);
        assertTimeoutPreemptively(
                QUICK,
                () -> assertThatThrownBy(() -> Pkcs10.parse(out.toByteArray()))
                        .isInstanceOf(MalformedMessageException.class)
                        .hasMessageContaining("elements instead of 3"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersGarbageWithNothingButMalformedMessage(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 2 == 0 && garbage.length > 0) {
                garbage[0] = 0x30;
            }
            onlyMalformed(garbage, EnrollRequest::parse);
            onlyMalformed(Base64.getEncoder().encode(garbage), EnrollRequest::parse);
            onlyMalformed(garbage, CertsOnly::parse);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256.csr", "rsa.csr", "ed.csr", "pss.csr", "explicit-curve.csr"})
    void answersDamagedRequestsWithNothingButMalformedMessage(String name) {
        byte[] der = Samples.requestDer(name);
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damaged(der, random);
            onlyMalformed(
                    damaged, bytes -> assertThat(readWhole(Pkcs10.parse(bytes))).isNotNull());
        }
    }

    @Test
    void neverFindsADamagedRequestWellSigned() {
        byte[] der = Samples.requestDer("p256.csr");
        var random = new Random(12);
        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = damaged(der, random);
            if (!Arrays.equals(damaged, der)) {
                onlyMalformed(
                        damaged,
                        bytes -> assertThat(Pkcs10.parse(bytes).signatureIsValid())
                                .isFalse());
            }
        }
    }

    @Test
    void answersDamagedCertsOnlyWithNothingButMalformedMessage() {
        byte[] der = Samples.resource("one.p7");
        var random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            onlyMalformed(
                    damaged(der, random), bytes -> assertThat(subjects(bytes)).isNotBlank());
        }
    }

    private static void onlyMalformed(byte[] input, Consumer<byte[]> parser) {
        try {
            parser.accept(input);
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(250);
        }
    }

    private static String readWhole(Pkcs10 csr) {
        return csr.subject().toString()
                + csr.subject().hashCode()
                + csr.subjectAltNames()
                + csr.changeSubjectName()
                + csr.attributeTypes();
    }

    private static String subjects(byte[] certsOnly) {
        return CertsOnly.parse(certsOnly).stream()
                .map(certificate -> certificate.getSubject() + "/" + certificate.getIssuer())
                .collect(Collectors.joining());
    }

    private static byte[] damaged(byte[] original, Random random) {
        byte[] damaged = original.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static byte[] nested(int bytes) {
        byte[] deep = new byte[bytes];
        int left = bytes;
        for (int i = 0; left > 4; i += 4) {
            left -= 4;
            boolean shortForm = left < 0x80;
            if (shortForm) {
                break;
            }
            int octets = left < 0x100 ? 1 : 2;
            deep[i] = 0x30;
            deep[i + 1] = (byte) (0x80 | octets);
            deep[i + 2] = (byte) (octets == 2 ? left >> 8 : left);
            deep[i + 3] = (byte) left;
        }
        return deep;
    }
}
