package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.rotation.ServiceKey;
import dev.nameplate.ca.rotation.ServiceKeyBook;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What recording service keys promises. */
interface ServiceKeyContract {
    Instant NOW = Samples.NOW;

    ServiceKeyBook book();

    AuditLog audit();

    @Test
    default void retiresTheKeyBeforeWithTheOneThatFollows() {
        assertThat(book().succeed(active("audit", 1, NOW), event("key.made"))).isTrue();
        assertThat(book().succeed(active("messages", 1, NOW), event("key.made")))
                .isTrue();

        assertThat(book().succeed(active("audit", 2, NOW.plusSeconds(60)), event("key.rotated")))
                .isTrue();

        assertThat(book().list())
                .containsExactly(
                        new ServiceKey("audit", 1, uri("audit", 1), ServiceKey.State.RETIRED, NOW, NOW.plusSeconds(60)),
                        active("audit", 2, NOW.plusSeconds(60)),
                        active("messages", 1, NOW));
        assertThat(audit().entriesAfter(0, 10)).hasSize(3);
    }

    @Test
    default void givesANumberOnce() {
        book().succeed(active("audit", 1, NOW), event("key.made"));

        assertThat(book().succeed(active("audit", 1, NOW.plusSeconds(1)), event("key.made")))
                .isFalse();

        assertThat(book().list()).containsExactly(active("audit", 1, NOW));
        assertThat(audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void endsAKeyThatNothingFollowsOnce() {
        book().succeed(active("audit", 1, NOW), event("key.made"));
        ServiceKey destroyed =
                new ServiceKey("audit", 1, uri("audit", 1), ServiceKey.State.DESTROYED, NOW, NOW.plusSeconds(9));

        assertThat(book().ended(destroyed, event("key.destroyed"))).isTrue();
        assertThat(book().ended(destroyed, event("key.destroyed"))).isFalse();

        assertThat(book().list()).containsExactly(destroyed);
        assertThat(audit().entriesAfter(0, 10)).hasSize(2);
    }

    @Test
    default void endsARetiredKeyAndNoOther() {
        book().succeed(active("audit", 1, NOW), event("key.made"));
        ServiceKey destroyed =
                new ServiceKey("audit", 1, uri("audit", 1), ServiceKey.State.DESTROYED, NOW, NOW.plusSeconds(9));
        assertThat(book().destroyed(destroyed, event("key.destroyed"))).isFalse();
        book().succeed(active("audit", 2, NOW), event("key.rotated"));

        assertThat(book().destroyed(destroyed, event("key.destroyed"))).isTrue();
        assertThat(book().destroyed(destroyed, event("key.destroyed"))).isFalse();

        assertThat(book().list()).containsExactly(destroyed, active("audit", 2, NOW));
        assertThat(audit().entriesAfter(0, 10)).hasSize(3);
    }

    private static ServiceKey active(String purpose, int number, Instant at) {
        return new ServiceKey(purpose, number, uri(purpose, number), ServiceKey.State.ACTIVE, at, at);
    }

    private static String uri(String purpose, int number) {
        return "pkcs11:token=t;object=" + purpose + ";id=%0" + number + ";type=private";
    }
}
