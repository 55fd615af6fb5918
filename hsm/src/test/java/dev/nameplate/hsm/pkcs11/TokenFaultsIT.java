package dev.nameplate.hsm.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.MutableClock;
import dev.nameplate.hsm.NoSuchTokenException;
import dev.nameplate.hsm.SignatureCheck;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.TokenFullException;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.VaultHealth;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.VaultUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** Every way known to lose a token, caused for real; see the ladder in {@link TokenCalls}. */
final class TokenFaultsIT {
    private static final byte[] MESSAGE = "to be signed".getBytes(UTF_8);

    private final SoftHsm softHsm = SoftHsm.withToken();
    private final RecordedEvents events = new RecordedEvents();
    private Pkcs11Vault vault;
    private VaultKey key;
    private SigningKey signer;
    private OtherUser other;

    @BeforeEach
    void open() throws IOException {
        vault = Pkcs11Vault.open(softHsm.impatient(4), InstantSource.system(), events);
        key = vault.generate(KeySpec.EC_P256, "issuer");
        signer = vault.signingKey(key.uri());
        other = new OtherUser();
        assertSigns();
    }

    @AfterEach
    void close() {
        vault.close();
        softHsm.close();
    }

    @Test
    void goesOnAfterAnotherUserLoggedOut() throws PKCS11Exception {
        openSeveralSessions();

        other.logsOut();

        assertSigns();
        assertThat(events.lost).hasValue(0);
    }

    @Test
    void goesOnAfterAnotherUserClosedAllSessions() throws PKCS11Exception, iaik.pkcs.pkcs11.wrapper.PKCS11Exception {
        other.closesAllSessions();

        assertSigns();
        assertThat(events.lost).hasValue(0);
    }

    @Test
    void goesOnAfterAnotherUserFinalizedTheLibrary() throws PKCS11Exception {
        other.finalizesTheLibrary();

        assertSigns();
        assertThat(events.lost).hasValue(1);
        assertThat(events.recovered).hasValue(1);
    }

    @Test
    void goesOnAfterAnotherUserStartedTheLibraryOver() throws PKCS11Exception {
        other.finalizesTheLibrary();
        other.initializesTheLibrary();

        assertSigns();
    }

    @Test
    void goesOnAfterTheTokenWasAwayWhileNobodySigned() {
        softHsm.takeAway();
        softHsm.giveBack();

        assertSigns();
    }

    @Test
    void isUnavailableWhileTheTokenIsAwayAndThenGoesOn() {
        softHsm.takeAway();

        assertThatThrownBy(this::sign)
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("token " + SoftHsm.LABEL + " is not available");
        assertThat(vault.probe(key.uri()))
                .isInstanceOfSatisfying(
                        VaultHealth.Unhealthy.class,
                        sick -> assertThat(sick.reason()).isInstanceOf(VaultUnavailableException.class));
        assertThatThrownBy(() -> vault.list()).isInstanceOf(VaultUnavailableException.class);
        assertThatThrownBy(() -> vault.find(key.uri())).isInstanceOf(VaultUnavailableException.class);

        softHsm.giveBack();

        await().ignoreExceptionsInstanceOf(VaultUnavailableException.class).untilAsserted(this::assertSigns);
        assertThat(vault.probe(key.uri())).isInstanceOf(VaultHealth.Healthy.class);
        assertThat(events.lost).hasValue(1);
        assertThat(events.recovered).hasValue(1);
    }

    @Test
    void bringsTheTokenBackAlthoughNobodyCalls() {
        softHsm.takeAway();
        assertThatThrownBy(this::sign).isInstanceOf(VaultUnavailableException.class);

        softHsm.giveBack();

        await().untilAsserted(() -> assertThat(events.recovered).hasValue(1));
    }

    @Test
    void findsNoKeyMissingWhileTheTokenIsAway() {
        softHsm.takeAway();

        assertThatThrownBy(() -> vault.find(KeyUri.parse("pkcs11:token=nameplate%20test;object=never")))
                .isInstanceOf(VaultUnavailableException.class);
        softHsm.giveBack();
    }

    @Test
    void saysThatTheTokenIsFullAndLeavesNothingHalfMade() throws IOException, InterruptedException {
        int before = vault.list().size();
        FileSizeLimit.none();
        try {
            assertThatThrownBy(() -> vault.generate(KeySpec.EC_P256, "too much"))
                    .isInstanceOf(TokenFullException.class)
                    .hasMessageContaining("cannot store another key");
            assertSigns();
        } finally {
            FileSizeLimit.lifted();
        }
        assertThat(vault.list()).hasSize(before);
        assertThat(softHsm.pkcs11Tool("--list-objects")).doesNotContain("too much");
        assertThat(vault.generate(KeySpec.EC_P256, "enough").local()).isTrue();
    }

    @Test
    void refusesALibraryThatAnotherPartOfTheProcessUses() {
        assertThatThrownBy(() -> Pkcs11Vault.open(softHsm.settings(), InstantSource.system()))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("share one CryptokiModule");
        assertSigns();
    }

    @Test
    void namesTheTokensThereAreWhenItsOwnIsNot() {
        vault.close();
        Pkcs11Settings elsewhere = Pkcs11Settings.of(
                SoftHsm.library(), "elsewhere", softHsm.settings().pin());

        assertThatThrownBy(() -> Pkcs11Vault.open(elsewhere, InstantSource.system()))
                .isInstanceOf(NoSuchTokenException.class)
                .hasMessageContaining("elsewhere")
                .hasMessageContaining(SoftHsm.LABEL);
        assertThatThrownBy(() -> CryptokiModule.load(Path.of("/no/such/library.so")))
                .isInstanceOf(NoSuchTokenException.class)
                .hasMessageContaining("token.module");
        assertThatThrownBy(() -> CryptokiModule.load(Path.of("/etc/passwd")))
                .isInstanceOf(NoSuchTokenException.class)
                .hasMessageContaining("not a PKCS#11 library");
    }

    @Test
    void servesTwoVaultsOnOneLibraryThroughItsLoss() throws PKCS11Exception {
        vault.close();
        try (CryptokiModule module = CryptokiModule.load(SoftHsm.library());
                Pkcs11Vault one = shared(module);
                Pkcs11Vault two = shared(module)) {
            SigningKey first = one.signingKey(key.uri());
            SigningKey second = two.signingKey(key.uri());
            first.sign(SignatureScheme.ECDSA_SHA256, MESSAGE);
            second.sign(SignatureScheme.ECDSA_SHA256, MESSAGE);

            other.finalizesTheLibrary();

            assertVerifies(first.sign(SignatureScheme.ECDSA_SHA256, MESSAGE));
            assertVerifies(second.sign(SignatureScheme.ECDSA_SHA256, MESSAGE));
        }
    }

    @Test
    void doesNotBringBackALibraryThatWasClosedForGood() {
        vault.close();
        CryptokiModule module = CryptokiModule.load(SoftHsm.library());
        try (Pkcs11Vault orphan = shared(module)) {
            module.close();

            assertThatThrownBy(orphan::list).isInstanceOf(VaultUnavailableException.class);
            assertThatThrownBy(other::logsOut).hasMessageContaining("CRYPTOKI_NOT_INITIALIZED");
        }
    }

    @Test
    void closesIdleSessionsAndLogsInAgain() throws PKCS11Exception {
        vault.close();
        MutableClock clock = new MutableClock();
        Pkcs11Settings settings = new Pkcs11Settings(
                SoftHsm.library(),
                SoftHsm.LABEL,
                softHsm.settings().pin(),
                2,
                10,
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
        vault = Pkcs11Vault.open(settings, clock);
        signer = vault.signingKey(key.uri());
        assertSigns();
        assertThat(other.findsTheProcessLoggedIn()).isTrue();

        clock.advance(Duration.ofSeconds(1));

        await().untilAsserted(() -> assertThat(vault.openSessions()).isZero());
        assertThat(other.findsTheProcessLoggedIn()).isFalse();
        assertSigns();
    }

    private Pkcs11Vault shared(CryptokiModule module) {
        return Pkcs11Vault.open(softHsm.impatient(2), module, InstantSource.system(), VaultListener.SILENT);
    }

    /** More than one dead session: the next one tried must not be another of them. */
    private void openSeveralSessions() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 4; caller++) {
                callers.execute(() -> vault.generate(KeySpec.RSA_3072, "busy"));
            }
        }
        assertThat(vault.openSessions()).isGreaterThan(1);
    }

    private byte[] sign() {
        return signer.sign(SignatureScheme.ECDSA_SHA256, MESSAGE);
    }

    private void assertSigns() {
        assertVerifies(sign());
    }

    private void assertVerifies(byte[] signature) {
        assertThat(SignatureCheck.verifies(SignatureScheme.ECDSA_SHA256, key.publicKey(), MESSAGE, signature))
                .isTrue();
    }
}
