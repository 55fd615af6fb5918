package dev.nameplate.ca.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.SerialNumber;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationFeedTest {
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final Script script = new Script();
    private long nanos = Long.MAX_VALUE - 10;
    private final RevocationFeed feed =
            new RevocationFeed(script, script, new NodeId("0123456789abcdef"), LEASE, () -> nanos);

    @Test
    void isNotCurrentBeforeItHoldsALease() {
        assertThat(feed.current()).isFalse();

        feed.turn();

        assertThat(feed.current()).isTrue();
    }

    @Test
    void isCurrentUntilItsLeaseRunsOutEvenWhereTheMeasureOverflows() {
        feed.turn();

        nanos += LEASE.toNanos() - 1;
        assertThat(feed.current()).isTrue();
        nanos += 1;
        assertThat(feed.current()).isFalse();
    }

    @Test
    void countsItsLeaseFromBeforeTheDatabaseGaveIt() {
        script.renewalTakes = LEASE.toNanos();

        feed.turn();

        assertThat(feed.current()).isFalse();
    }

    @Test
    void tellsOfEverythingBeforeItPromisesToHaveSeenIt() {
        List<Long> heard = new ArrayList<>();
        feed.register(changes -> changes.forEach(change -> heard.add(change.number())));
        script.newest = 2500;

        feed.turn();

        assertThat(heard).hasSize(2500).isSorted();
        assertThat(script.promised).isEqualTo(2500);
    }

    @Test
    void waitsUntilNobodyIsBehind() {
        script.newest = 7;
        script.behindFor = 3;

        feed.settle();

        assertThat(script.behindFor).isZero();
        assertThat(script.asked).isEqualTo(7);
    }

    @Test
    void promisesNothingAnyMoreOnceItLeft() {
        feed.turn();

        feed.leave();

        assertThat(feed.current()).isFalse();
        assertThat(script.left).isTrue();
    }

    /** Changes and nodes that do as they are told. */
    private final class Script implements RevocationChanges, Nodes {
        private long newest;
        private long promised = -1;
        private long asked = -1;
        private long renewalTakes;
        private int behindFor;
        private boolean left;

        @Override
        public long newest() {
            return newest;
        }

        @Override
        public List<RevocationChange> after(long number, int limit) {
            List<RevocationChange> page = new ArrayList<>();
            for (long next = number + 1; next <= newest && page.size() < limit; next++) {
                page.add(new RevocationChange(
                        next,
                        new IssuerGeneration(new IssuerName("devices"), 1),
                        0,
                        new SerialNumber(BigInteger.valueOf(next))));
            }
            return page;
        }

        @Override
        public int prune(long upTo, Instant olderThan) {
            return 0;
        }

        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void renew(NodeId node, long seen, Duration lease) {
            promised = seen;
            nanos += renewalTakes;
        }

        @Override
        public boolean anyBehind(NodeId node, long number) {
            asked = number;
            boolean behind = behindFor > 0;
            behindFor -= behind ? 1 : 0;
            return behind;
        }

        @Override
        public void leave(NodeId node) {
            left = true;
        }

        @Override
        public void awaitNews(Duration atMost) {
            assertThat(atMost).isLessThan(LEASE);
        }
    }
}
