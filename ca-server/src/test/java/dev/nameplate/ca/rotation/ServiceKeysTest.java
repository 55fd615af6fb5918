package dev.nameplate.ca.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.testkit.CutOff;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryServiceKeys;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.software.SoftwareVault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceKeysTest {
    private static final Duration PERIOD = Duration.ofDays(90);

    private final MutableClock clock = MutableClock.started();
    private final SoftwareVault vault = new SoftwareVault("test");
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryServiceKeys book = new MemoryServiceKeys(audit);
    private ServiceKeys keys = new ServiceKeys(vault, book, clock);

    @Test
    void makesOneKeyAndKeepsIt() {
        ServiceKey first = current();

        assertThat(current()).isEqualTo(first);
        assertThat(vault.list()).hasSize(1);
        assertThat(audit.actions()).containsExactly("key.made");
    }

    @Test
    void takesAKeyOverThatWasMadeBeforeThereWereRecords() {
        var there = vault.generate(KeySpec.EC_P256, "audit");

        assertThat(current().keyUri()).isEqualTo(there.uri().toString());
    }

    @Test
    void replacesAKeyThatIsOverItsTimeAndDestroysItADayAfter() {
        ServiceKey first = current();
        clock.advance(PERIOD);
        ServiceKey second = current();
        keys.uses(second);
        keys.destroyRetired();
        assertThat(vault.find(KeyUri.parse(first.keyUri()))).isPresent();

        clock.advance(ServiceKeys.KEPT);
        keys.destroyRetired();

        assertThat(vault.find(KeyUri.parse(first.keyUri()))).isEmpty();
        assertThat(vault.find(KeyUri.parse(second.keyUri()))).isPresent();
        assertThat(audit.actions()).containsExactly("key.made", "key.rotated", "key.destroyed");
        assertThat(book.list()).extracting(ServiceKey::state).contains(ServiceKey.State.DESTROYED);
    }

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void goesOnWhereItWasWhereverItIsCutOff(CutOff.Side side) {
        int at = 1;
        boolean cut = true;
        while (cut) {
            var log = new MemoryAuditLog();
            var mine = new SoftwareVault("test");
            var records = new MemoryServiceKeys(log);
            CutOff cutOff = new CutOff(at, side);
            try {
                replaces(new ServiceKeys(
                        cutOff.seen(KeyVault.class, mine), cutOff.seen(ServiceKeyBook.class, records), clock));
            } catch (CutOff.Ended ended) {
                assertThat(cutOff.happened()).isTrue();
            }
            cut = cutOff.happened();

            replaces(new ServiceKeys(mine, records, clock));

            assertThat(mine.list()).as("%s %s", at, side).hasSize(1);
            assertThat(records.list().stream().filter(key -> key.state() == ServiceKey.State.ACTIVE))
                    .as("%s %s", at, side)
                    .hasSize(1);
            assertThat(log.actions()).contains("key.made", "key.rotated", "key.destroyed");
            at++;
        }
        assertThat(at).isGreaterThan(8);
    }

    private void replaces(ServiceKeys all) {
        all.current("audit", KeySpec.EC_P256, PERIOD);
        clock.advance(PERIOD);
        all.uses(all.current("audit", KeySpec.EC_P256, PERIOD));
        clock.advance(ServiceKeys.KEPT);
        all.destroyRetired();
    }

    @Test
    void endsEveryKeyOfAPurposeThatIsOver() {
        current();
        clock.advance(PERIOD);
        current();

        keys.end("audit");
        keys.end("audit");

        assertThat(vault.list()).isEmpty();
        assertThat(book.list()).extracting(ServiceKey::state).containsOnly(ServiceKey.State.DESTROYED);
        assertThat(audit.actions()).containsExactly("key.made", "key.rotated", "key.destroyed", "key.destroyed");
    }

    @Test
    void destroysNoKeyWhoseSuccessorIsNotInUse() {
        ServiceKey first = current();
        keys.next("audit", KeySpec.EC_P256, Cause.SYSTEM);
        clock.advance(Duration.ofDays(30));

        keys.destroyRetired();

        assertThat(vault.find(KeyUri.parse(first.keyUri()))).isPresent();
    }

    @Test
    void makesNoThirdKeyWhenItWasCutOffBetweenTheTokenAndTheRecord() {
        current();
        book.failNext();
        assertThatThrownBy(() -> keys.next("audit", KeySpec.EC_P256, Cause.SYSTEM))
                .isInstanceOf(RuntimeException.class);
        assertThat(vault.list()).hasSize(2);

        keys = new ServiceKeys(vault, book, clock);
        ServiceKey second = keys.next("audit", KeySpec.EC_P256, Cause.SYSTEM);

        assertThat(second.number()).isEqualTo(2);
        assertThat(vault.list()).hasSize(2);
    }

    @Test
    void recordsTheEndOfAKeyThatTheTokenLostAlready() {
        ServiceKey first = current();
        ServiceKey second = keys.next("audit", KeySpec.EC_P256, Cause.SYSTEM);
        keys.uses(second);
        clock.advance(ServiceKeys.KEPT);
        book.failNext();
        assertThatThrownBy(keys::destroyRetired).isInstanceOf(RuntimeException.class);
        assertThat(vault.find(KeyUri.parse(first.keyUri()))).isEmpty();

        keys.destroyRetired();

        assertThat(audit.actions()).containsExactly("key.made", "key.rotated", "key.destroyed");
    }

    @Test
    void makesAnotherKeyWhenTheTokenHasItNoMore() {
        vault.destroy(KeyUri.parse(current().keyUri()));

        assertThat(current().number()).isEqualTo(2);
    }

    private ServiceKey current() {
        return keys.current("audit", KeySpec.EC_P256, PERIOD);
    }
}
