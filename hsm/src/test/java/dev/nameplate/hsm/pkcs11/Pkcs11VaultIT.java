package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.KeyVaultContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

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

    @Override
    protected KeyVault vault() {
        return vault;
    }
}
