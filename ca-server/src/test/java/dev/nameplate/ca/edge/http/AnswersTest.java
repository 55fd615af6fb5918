package dev.nameplate.ca.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.hsm.VaultUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final RequestId REQUEST = new RequestId("00112233445566ff");
    private final Answers answers = new Answers(new Random(7));

    @Test
    void tellsTheThreeKindsOfNoApart() {
        assertThat(answers.to(new MalformedMessageException("not base64"), REQUEST))
                .extracting(Answer::status, Answer::text)
                .containsExactly(400, "not base64");
        assertThat(answers.to(new Refusal.NotAuthenticated()).status()).isEqualTo(401);
        assertThat(answers.to(new LedgerUnavailableException("x", new IOException()), REQUEST)
                        .status())
                .isEqualTo(503);
    }

    @Test
    void keepsTheReasonOfAFaultToItself() {
        Answer answer = answers.to(new IllegalStateException("the secret reason"), REQUEST);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains(REQUEST.value()).doesNotContain("secret");
    }

    @Test
    void spreadsWhenCallersComeBack() {
        var broken = new VaultUnavailableException("x", Duration.ofSeconds(10));

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> answers.to(broken, REQUEST).retryAfter().orElseThrow())
                        .distinct())
                .hasSizeGreaterThan(10)
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) >= 0)
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(20)) <= 0);
    }

    @Test
    void namesWhatWouldBeRight() {
        var refusal = new Refusal.KeyNotAllowed("rsa-2048", Set.of(KeyAlgorithm.EC_P384, KeyAlgorithm.EC_P256));

        assertThat(answers.to(refusal).text()).isEqualTo("rsa-2048 is not one of [ec-p256, ec-p384]");
    }

    @Test
    void namesTheFieldOfAnOperatorsRequest() {
        assertThat(answers.to(new Refusal.FieldWrong("valid-for", "is not a duration"))
                        .field())
                .contains("valid-for");
    }

    @Test
    void staysOneLineWhateverTheStrangerWrote() {
        var refusal = new Refusal.NotItsOwnName(new DeviceId("a"), "CN=b\r\nSet-Cookie: x");

        assertThat(answers.to(refusal).text()).doesNotContain("\r", "\n");
        assertThat(new Answer(400, "x", "a\r\nb").text()).isEqualTo("a b");
    }
}
