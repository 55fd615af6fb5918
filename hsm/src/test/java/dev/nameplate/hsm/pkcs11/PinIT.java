package dev.nameplate.hsm.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.PinMissingException;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.WrongPinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

final class PinIT {
    private static final String WRONG = "9753-wrong-pin";

    private final SoftHsm softHsm = SoftHsm.withToken();
    private final AtomicReference<String> pin = new AtomicReference<>(SoftHsm.PIN);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        softHsm.close();
    }

    @Test
    void triesAWrongPinOnceAndSaysSo() {
        pin.set(WRONG);

        assertThatThrownBy(() -> Pkcs11Vault.open(settings(), InstantSource.system()))
                .isInstanceOf(WrongPinException.class)
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .hasMessageContaining("token.pin");

        assertThat(asked).hasValue(1);
    }

    @Test
    void doesNotLogInAgainUntilToldTo() throws IOException, PKCS11Exception {
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings(), InstantSource.system())) {
            SigningKey key =
                    vault.signingKey(vault.generate(KeySpec.EC_P256, "issuer").uri());
            pin.set(WRONG);
            new OtherUser().logsOut();

            for (int call = 0; call < 5; call++) {
                assertThatThrownBy(() -> key.sign(SignatureScheme.ECDSA_SHA256, "m".getBytes(UTF_8)))
                        .isInstanceOf(WrongPinException.class);
            }
            assertThat(asked).hasValue(2);

            pin.set(SoftHsm.PIN);
            vault.retryLogin();
            assertThat(key.sign(SignatureScheme.ECDSA_SHA256, "m".getBytes(UTF_8)))
                    .isNotEmpty();
        }
    }

    @Test
    void saysWhichPinFileIsMissing() {
        Path none = Path.of("no", "such", "pin");
        Pkcs11Settings settings = Pkcs11Settings.of(SoftHsm.library(), SoftHsm.LABEL, () -> Secret.read(none));

        assertThatThrownBy(() -> Pkcs11Vault.open(settings, InstantSource.system()))
                .isInstanceOf(PinMissingException.class)
                .hasMessageContaining(none.toString());
    }

    @Test
    void putsNoPinIntoLogsOrExceptions() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings(), InstantSource.system())) {
            vault.generate(KeySpec.EC_P256, "issuer");
        } finally {
            pin.set(WRONG);
            String failure = traceOfFailedOpen();
            root.detachAppender(log);
            root.setLevel(before);
            assertThat(failure)
                    .contains("WrongPinException")
                    .doesNotContain(WRONG)
                    .doesNotContain(SoftHsm.PIN);
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(SoftHsm.PIN) || line.contains(WRONG));
    }

    private String traceOfFailedOpen() {
        StringWriter trace = new StringWriter();
        try {
            Pkcs11Vault.open(settings(), InstantSource.system()).close();
        } catch (VaultException refused) {
            refused.printStackTrace(new PrintWriter(trace));
        }
        return trace.toString();
    }

    private Pkcs11Settings settings() {
        return Pkcs11Settings.of(SoftHsm.library(), SoftHsm.LABEL, () -> {
            asked.incrementAndGet();
            return Secret.of(pin.get());
        });
    }
}
