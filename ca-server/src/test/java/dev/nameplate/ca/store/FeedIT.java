package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.NodeId;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationFeed;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL, and what each hears of the other's revocations. */
final class FeedIT {
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final String url = TestPostgres.newDatabase();
    private final Peer here = new Peer("aaaaaaaaaaaaaaaa");
    private final Peer there = new Peer("bbbbbbbbbbbbbbbb");

    private final class Peer {
        private final Database database = Database.open(PostgresSettings.of(url), Path.of("unused"));
        private final JooqRevocationRegister register = new JooqRevocationRegister(database);
        private final JooqNodes nodes = new JooqNodes(database);
        private final RevocationFeed feed;
        private final List<SerialNumber> heard = new CopyOnWriteArrayList<>();
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::follow);
        private volatile boolean stopped;

        Peer(String id) {
            feed = new RevocationFeed(
                    new JooqRevocationChanges(database), nodes, new NodeId(id), LEASE, System::nanoTime);
            feed.register(changes ->
                    heard.addAll(changes.stream().map(RevocationChange::serial).toList()));
        }

        void follow() {
            while (!stopped) {
                feed.awaitNews();
                feed.turn();
            }
        }

        void hold(long number) {
            var order = new Order(new Wish.Hold(Optional.empty(), Ground.ITSELF), Samples.NOW, Cause.SYSTEM);
            assertThat(register.apply(order, Samples.ISSUER, serial(number))).isPresent();
        }

        void close() throws InterruptedException {
            stopped = true;
            thread.join();
            nodes.close();
            database.close();
        }
    }

    @BeforeEach
    void issue() {
        var ledger = Ports.of(here.database).ledger();
        for (int number = 1; number <= 5; number++) {
            ledger.record(added(number, "key " + number, "sensor-17"), issued());
        }
        here.feed.turn();
        there.feed.turn();
    }

    @AfterEach
    void close() throws InterruptedException {
        here.close();
        there.close();
    }

    @Test
    void answersARevocationOnlyWhenTheOtherProcessHasHeardOfIt() {
        here.thread.start();
        there.thread.start();

        for (int number = 1; number <= 5; number++) {
            here.hold(number);
            here.feed.settle();

            assertThat(there.heard).hasSize(number).contains(serial(number));
            assertThat(here.heard).hasSize(number);
        }
    }

    @Test
    void waitsForAStalledProcessUntilThatServesNothingItKept() {
        here.hold(1);

        here.feed.settle();

        assertThat(there.heard).isEmpty();
        assertThat(there.feed.current()).isFalse();
        there.feed.turn();
        assertThat(there.heard).containsExactly(serial(1));
        assertThat(there.feed.current()).isTrue();
    }

    @Test
    void waitsForNobodyWhoLeft() {
        there.feed.leave();
        here.hold(1);

        long before = System.nanoTime();
        here.feed.settle();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LEASE.dividedBy(2));
        assertThat(there.feed.current()).isFalse();
    }

    @Test
    void isToldByTheDatabaseRatherThanAsking() throws Exception {
        there.nodes.awaitNews(Duration.ofMillis(1));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> told = executor.submit(() -> there.nodes.awaitNews(Duration.ofMinutes(5)));
            here.hold(1);
            await().atMost(Duration.ofSeconds(10)).until(told::isDone);
            told.get();
        }
    }

    @Test
    void hearsWhatItMissedWhileItsConnectionWasGone() throws SQLException {
        there.nodes.awaitNews(Duration.ofMillis(1));
        cutOff();
        here.hold(1);

        assertThatThrownBy(() -> there.nodes.awaitNews(Duration.ofMillis(500)))
                .isInstanceOf(LedgerUnavailableException.class);
        there.feed.awaitNews();
        there.feed.turn();

        assertThat(there.heard).containsExactly(serial(1));
    }

    @Test
    void tellsOneWhoStartsLaterOfWhatComesOnly() throws InterruptedException {
        here.hold(1);
        there.feed.turn();
        here.feed.settle();
        var late = new Peer("cccccccccccccccc");
        late.feed.turn();
        here.hold(2);
        late.feed.turn();

        assertThat(late.heard).containsExactly(serial(2));
        late.close();
    }

    /** Ends every connection that listens, as a database does that restarts. */
    private void cutOff() throws SQLException {
        try (var connection = here.database.engine().connections().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and query like 'listen%'");
        }
    }
}
