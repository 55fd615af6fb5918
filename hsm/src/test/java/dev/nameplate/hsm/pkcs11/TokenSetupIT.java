package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.TokenExistsException;
import dev.nameplate.hsm.WrongPinException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenSetupIT {
    private final SoftHsm softHsm = SoftHsm.empty();

    @AfterEach
    void close() {
        softHsm.close();
    }

    @Test
    void makesATokenThatAVaultOpens() {
        initialise("nameplate test");

        try (Pkcs11Vault vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system())) {
            assertThat(vault.generate(KeySpec.EC_P256, "first").local()).isTrue();
        }
    }

    @Test
    void leavesATokenOfThatLabelAsItIs() {
        initialise("nameplate test");
        try (Pkcs11Vault vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system())) {
            vault.generate(KeySpec.EC_P256, "precious");
        }

        assertThatThrownBy(() -> initialise("nameplate test"))
                .isInstanceOf(TokenExistsException.class)
                .hasMessageContaining("nameplate test");

        try (Pkcs11Vault vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system())) {
            assertThat(vault.list()).hasSize(1);
        }
    }

    @Test
    void makesASecondTokenBesideTheFirst() {
        initialise("nameplate test");
        initialise("another, with ü");

        Pkcs11Settings second = Pkcs11Settings.of(
                SoftHsm.library(), "another, with ü", softHsm.settings().pin());
        try (Pkcs11Vault vault = Pkcs11Vault.open(second, InstantSource.system())) {
            assertThat(vault.generate(KeySpec.EC_P256, "k").uri().toString())
                    .startsWith("pkcs11:token=another,%20with%20%C3%BC;object=k;id=%");
        }
    }

    @Test
    void makesNothingWhenAPinIsTooShort() {
        assertThatThrownBy(() -> TokenSetup.initialise(
                        SoftHsm.library(), "nameplate test", Secret.of(SoftHsm.SO_PIN), Secret.of("1")))
                .isInstanceOf(WrongPinException.class)
                .hasMessageContaining("user PIN has 1 characters");

        initialise("nameplate test");
    }

    private static void initialise(String label) {
        TokenSetup.initialise(SoftHsm.library(), label, Secret.of(SoftHsm.SO_PIN), Secret.of(SoftHsm.PIN));
    }
}
