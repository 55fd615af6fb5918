package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.KeyVaultContract;
import dev.nameplate.hsm.MechanismMissingException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Pkcs11VaultIT extends KeyVaultContract {
    private SoftHsm softHsm;
    private Pkcs11Vault vault;

    @BeforeAll
    void open() {
        softHsm = SoftHsm.withToken();
        vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system());
    }

    @AfterAll
    void close() {
        vault.close();
        softHsm.close();
    }

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, mode = EnumSource.Mode.MATCH_ANY, names = "ML_DSA_.*")
    void saysInOneLineThatATokenHasNoMlDsa(KeySpec spec) {
        assertThatThrownBy(() -> vault.generate(spec, "quantum"))
                .isInstanceOf(MechanismMissingException.class)
                .hasMessageContaining(spec + " here yet; use ec-p256, ec-p384 or RSA in a token");
    }

    @Override
    protected KeyVault vault() {
        return vault;
    }
}
