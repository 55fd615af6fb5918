package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.ca.testkit.TestToken;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FoundingIT {
    private final MutableClock clock = MutableClock.started();
    private final TestToken token = TestToken.made();
    private KeyVault vault = token.open();

    @AfterEach
    void close() {
        vault.close();
        token.close();
    }

    @Test
    void makesIssuersWhoseKeysNeverLeaveTheToken() {
        List<IssuerRecord> founded = found(MemoryStore.empty());

        assertThat(ChainCheck.objectionTo(founded.getLast().chain(), clock.instant()))
                .isEmpty();
        assertThat(vault.list()).hasSize(2).allMatch(VaultKey::sensitive).allMatch(VaultKey::neverExtractable);
    }

    @Test
    void findsItsKeysAgainThoughNothingWasRecorded() {
        var before = keyOf(found(MemoryStore.empty()).getFirst());
        vault.close();
        vault = token.open();

        var after = keyOf(found(MemoryStore.empty()).getFirst());

        assertThat(after).isEqualTo(before);
        assertThat(vault.list()).hasSize(2);
    }

    @Test
    void signsWithTheKeyThatTheRecordNames() {
        MemoryStore store = MemoryStore.empty();
        found(store);

        IssuerKey root = new Authorities(store.issuers(), vault)
                .activeKeyFor(TestCa.ROOT)
                .orElseThrow();

        assertThat(root.objectionAt(clock.instant())).isEmpty();
        assertThat(vault.list())
                .anyMatch(key ->
                        key.publicKey().equals(root.certificate().parsed().getSubjectPublicKeyInfo()));
    }

    private List<IssuerRecord> found(MemoryStore store) {
        return new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom())
                .found(TestCa.issuers(Optional.empty()), Cause.SYSTEM);
    }

    private static Object keyOf(IssuerRecord issuer) {
        return issuer.chain().getFirst().keyHash();
    }
}
