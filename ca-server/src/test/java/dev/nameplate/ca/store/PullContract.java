package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.PullStore;
import dev.nameplate.ca.renewal.Selector;
import dev.nameplate.ca.renewal.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the records of renewals pulled forward promise. */
interface PullContract {
    Instant NOW = Samples.NOW;
    Pull.Word WORD = new Pull.Word(new Actor("operator:eve"), NOW.plusSeconds(9));

    PullStore pulls();

    AuditLog audit();

    @Test
    default void findsAPullAsItWasMade() {
        Pull pull = pull(1, Optional.of(URI.create("https://ca.example/why")));
        pulls().add(pull, event("renewal.pulled"));

        assertThat(pulls().find(pull.id())).contains(pull);
        assertThat(pulls().find(new PullId("ffffffffffffffff"))).isEmpty();
        assertThat(audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void listsTheNewestFirst() {
        for (int i = 1; i <= 3; i++) {
            pulls().add(pull(i, Optional.empty()), event("renewal.pulled"));
        }

        assertThat(pulls().newest(2)).extracting(pull -> pull.id().value()).containsExactly(id(3), id(2));
    }

    @Test
    default void cancelsOnceAndSaysSoOnce() {
        Pull pull = pull(1, Optional.empty());
        pulls().add(pull, event("renewal.pulled"));

        assertThat(pulls().cancel(pull.id(), WORD, event("renewal.cancelled"))).isTrue();
        assertThat(pulls().cancel(pull.id(), WORD, event("renewal.cancelled"))).isFalse();

        assertThat(pulls().find(pull.id()).orElseThrow().cancelled()).contains(WORD);
        assertThat(pulls().inForce(10)).isEmpty();
        assertThat(pulls().newest(10)).hasSize(1);
        assertThat(audit().entriesAfter(0, 10)).hasSize(2);
    }

    private static Pull pull(int number, Optional<URI> explanation) {
        return new Pull(
                new PullId(id(number)),
                Selector.of(Map.of("attribute.product", "s1", "generation", "devices/2")),
                new Window(NOW, NOW.plus(Duration.ofDays(3))),
                new Pull.Why("a weak chip", explanation),
                new Pull.Word(new Actor("operator:adam"), NOW.plusSeconds(number)),
                Optional.empty());
    }

    private static String id(int number) {
        return "000000000000000" + number;
    }
}
