package dev.nameplate.hsm.software;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.KeyVaultContract;
import dev.nameplate.hsm.VaultKey;
import org.junit.jupiter.api.Test;

final class SoftwareVaultTest extends KeyVaultContract {
    private final SoftwareVault vault = new SoftwareVault("trial");

    @Override
    protected KeyVault vault() {
        return vault;
    }

    @Test
    void doesNotClaimToProtectItsKeys() {
        VaultKey key = vault.generate(KeySpec.EC_P256, "unprotected");

        assertThat(key.sensitive()).isFalse();
        assertThat(key.neverExtractable()).isFalse();
        assertThat(key.uri()).asString().startsWith("software:token=trial;object=unprotected;id=%");
    }
}
