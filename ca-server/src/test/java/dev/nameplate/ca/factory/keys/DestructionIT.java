package dev.nameplate.ca.factory.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.SignedStatement;
import dev.nameplate.ca.audit.Statements;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.ca.testkit.TestToken;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a batch's keys, in a real token and for foreign eyes. */
class DestructionIT {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final KekName NAME = new KekName("batch-1", "station-1");

    private final TestToken token = TestToken.made();
    private final Pkcs11Vault vault = token.open();
    private final BatchKeys keys = new BatchKeys(vault.injection());
    private final Party root = Recipe.ca("CN=root").selfSigned();
    private final Party auditor =
            Recipe.leaf("CN=audit").purpose(AuditCertificates.PURPOSE).by(root);

    @AfterEach
    void close() {
        vault.close();
        token.close();
    }

    @Test
    void leavesAKeyThatTheStationOpensAndTheCaCannot() throws Exception {
        Station station = Station.withRsa();
        byte[] handover = keys.handOver(NAME, station.publicKey()).recipientInfo();
        WrappedDeviceKey made = keys.make(NAME, KeySpec.EC_P256);

        keys.destroy(NAME);

        assertThatThrownBy(() -> keys.make(NAME, KeySpec.EC_P256)).isInstanceOf(KeyMissingException.class);
        byte[] kek = station.recipient().keyEncryptionKey(handover);
        assertThat(Station.signs(KeyRecipient.open(kek, made.encryptedPrivateKeyInfo()), made.publicKey()))
                .as("what its recipient has is the recipient's")
                .isTrue();
    }

    @Test
    void isRecordedInAFormThatOpensslVerifies(@TempDir Path scratch) throws Exception {
        DestructionRecord written = destroyed();
        byte[] signed = new Statements(auditor::sign, auditor.certificate(), List.of(root.certificate()))
                .sign(written.octets(), NOW);
        Files.write(scratch.resolve("record.p7s"), signed);
        Files.writeString(
                scratch.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(root.certificate().octets())
                        + "\n-----END CERTIFICATE-----\n");

        String said = openssl(
                scratch,
                "cms -verify -inform DER -in record.p7s -CAfile root.pem -purpose any -attime " + NOW.getEpochSecond()
                        + " -binary -out record.json");

        assertThat(said).containsIgnoringCase("successful");
        assertThat(DestructionRecord.parse(Files.readAllBytes(scratch.resolve("record.json"))))
                .isEqualTo(written);
        assertThat(SignedStatement.verify(signed, Optional.of(root.certificate().fingerprint())))
                .isInstanceOf(SignedStatement.Verdict.Genuine.class);
    }

    private DestructionRecord destroyed() {
        keys.handOver(NAME, Station.withRsa().publicKey());
        WrappedDeviceKey made = keys.make(NAME, KeySpec.EC_P256);
        KeyFate fate = new KeyFate(Keys.hashOf(made.publicKey()), Optional.of(NOW), Optional.of(NOW));
        return new DestructionRecord(
                NAME,
                NOW,
                InjectedKeys.of(Stream.of(fate)),
                true,
                keys.destroy(NAME).orElseThrow(),
                List.of("ada", "grace"),
                DestructionRecord.NONE);
    }

    private static String openssl(Path scratch, String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("openssl"), Stream.of(arguments.split(" ", -1)))
                        .toList())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
