package dev.nameplate.hsm.software;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.hsm.InjectionContract;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.Recipient;
import org.junit.jupiter.api.Test;

final class SoftwareInjectionTest extends InjectionContract {
    private final SoftwareInjection vault = new SoftwareInjection("trial");

    @Override
    protected InjectionVault vault() {
        return vault;
    }

    @Test
    void doesNotClaimToProtectItsKeys() {
        assertThat(vault.makeKek("k", Recipient.rsa().publicKey()).insideToken())
                .isFalse();
        assertThat(vault.facts().model()).isEqualTo("software");
    }
}
