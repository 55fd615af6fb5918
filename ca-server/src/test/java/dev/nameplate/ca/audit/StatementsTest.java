package dev.nameplate.ca.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.SignedStatement.Verdict;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final byte[] CONTENT = "what is stated".getBytes(UTF_8);

    private final Party root = Recipe.ca("CN=root").selfSigned();
    private final Party auditor =
            Recipe.leaf("CN=audit").purpose(AuditCertificates.PURPOSE).by(root);
    private final Statements statements =
            new Statements(auditor::sign, auditor.certificate(), List.of(root.certificate()));

    @Test
    void signsWhatAnyoneVerifiesWithTheRootAlone() {
        byte[] statement = statements.sign(CONTENT, NOW);

        assertThat(SignedStatement.verify(
                        statement, Optional.of(root.certificate().fingerprint())))
                .isInstanceOfSatisfying(Verdict.Genuine.class, genuine -> {
                    assertThat(genuine.content()).isEqualTo(CONTENT);
                    assertThat(genuine.signedAt()).isEqualTo(NOW);
                    assertThat(genuine.signer()).isEqualTo(auditor.certificate());
                });
    }

    @Test
    void doesNotTakeAStatementForAnotherRootsCa() {
        Party other = Recipe.ca("CN=root").selfSigned();

        assertThat(SignedStatement.verify(
                        statements.sign(CONTENT, NOW),
                        Optional.of(other.certificate().fingerprint())))
                .isInstanceOf(Verdict.NotGenuine.class);
    }

    @Test
    void seesEveryAlteredOctet() {
        byte[] statement = statements.sign(CONTENT, NOW);
        for (int at = 0; at < statement.length; at++) {
            byte[] altered = statement.clone();
            altered[at] ^= 1;

            Verdict verdict = SignedStatement.verify(
                    altered, Optional.of(root.certificate().fingerprint()));

            if (verdict instanceof Verdict.Genuine genuine) {
                assertThat(genuine.content()).as("octet " + at).isEqualTo(CONTENT);
                assertThat(genuine.signedAt()).isEqualTo(NOW);
            }
        }
        int content = new String(statement, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("what is");
        statement[content] ^= 1;
        assertThat(SignedStatement.verify(statement, Optional.empty())).isInstanceOf(Verdict.NotGenuine.class);
    }

    @Test
    void isNotFooledByADevicesCertificate() {
        Party device = Recipe.leaf("CN=device").by(root);

        assertThatThrownBy(() -> new Statements(device::sign, device.certificate(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotFooledByASignatureOfAnotherKey() {
        Party other = Recipe.leaf("CN=other").by(root);
        Statements forged = new Statements(other::sign, auditor.certificate(), List.of(root.certificate()));

        assertThat(SignedStatement.verify(forged.sign(CONTENT, NOW), Optional.empty()))
                .isEqualTo(new Verdict.NotGenuine("its signature is wrong"));
    }

    @Test
    void readsNothingElse() {
        assertThat(SignedStatement.verify(CONTENT, Optional.empty())).isInstanceOf(Verdict.NotGenuine.class);
        assertThat(SignedStatement.verify(new byte[0], Optional.empty())).isInstanceOf(Verdict.NotGenuine.class);
    }
}
