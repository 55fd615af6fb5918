package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.MutableClock;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.VaultUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutageTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final MutableClock clock = new MutableClock();
    private final List<String> heard = new ArrayList<>();
    private final Outage outage =
            new Outage(Pkcs11Settings.of(Path.of("lib.so"), "t", () -> Secret.of("1")), clock, new VaultListener() {
                @Override
                public void lost(String reason) {
                    heard.add("lost " + reason);
                }

                @Override
                public void recovered(Duration outage) {
                    heard.add("recovered " + outage);
                }
            });

    @Test
    void letsCallsThroughWhileAllIsWell() {
        assertThatCode(outage::failFast).doesNotThrowAnyException();
        assertThat(outage.admitsTry()).isFalse();
    }

    @Test
    void failsCallsAtOnceUntilATryIsDue() {
        assertThat(outage.takeTry()).isTrue();
        outage.confirm(outage.recoveries(), "gone", null);

        assertThatThrownBy(outage::failFast)
                .isInstanceOfSatisfying(
                        VaultUnavailableException.class,
                        away -> assertThat(away.retryAfter()).isEqualTo(INTERVAL))
                .hasMessage("token t is not available: gone");
        assertThatThrownBy(outage::admitsTry).isInstanceOf(VaultUnavailableException.class);
    }

    @Test
    void admitsOneTryPerInterval() {
        outage.takeTry();
        outage.confirm(outage.recoveries(), "gone", null);

        clock.advance(INTERVAL);

        assertThatCode(outage::failFast).doesNotThrowAnyException();
        assertThat(outage.admitsTry()).isTrue();
        assertThatThrownBy(outage::admitsTry).isInstanceOf(VaultUnavailableException.class);
        assertThatThrownBy(outage::failFast).isInstanceOf(VaultUnavailableException.class);
    }

    @Test
    void triesAgainWhenTheClockWasSetBack() {
        outage.takeTry();

        clock.advance(Duration.ofHours(-1));

        assertThat(outage.takeTry()).isTrue();
    }

    @Test
    void saysOnceThatTheTokenWentAndOnceHowLongItWasAway() {
        outage.suspect(outage.recoveries(), "CKR_GENERAL_ERROR");
        outage.confirm(outage.recoveries(), "gone", null);
        clock.advance(INTERVAL);
        outage.confirm(outage.recoveries(), "still gone", null);
        outage.end();
        outage.end();

        assertThat(heard).containsExactly("lost CKR_GENERAL_ERROR", "recovered PT2S");
    }

    @Test
    void holdsNothingAgainstATokenThatHasComeBackSinceTheWorkBegan() {
        long before = outage.recoveries();
        outage.confirm(before, "gone", null);
        outage.end();

        outage.suspect(before, "late");
        assertThat(outage.confirm(before, "late", null)).hasMessage("token t is not available: late");

        assertThat(heard).containsExactly("lost gone", "recovered PT0S");
        assertThatCode(outage::failFast).doesNotThrowAnyException();
    }

    @Test
    void isNotConfirmedByWorkThatBeganBeforeTheLastTimeItCameBack() {
        long before = outage.recoveries();
        outage.confirm(before, "gone", null);
        outage.end();
        outage.suspect(outage.recoveries(), "again");

        outage.confirm(before, "late", null);

        assertThat(outage.confirmed()).isFalse();
    }
}
