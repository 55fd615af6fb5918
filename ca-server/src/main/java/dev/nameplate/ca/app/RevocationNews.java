package dev.nameplate.ca.app;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.revocation.NodeId;
import dev.nameplate.ca.revocation.RevocationFeed;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what every process revokes: on a thread of its own where there can be others, not at all where there cannot. */
final class RevocationNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationNews.class);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    private final Records.Standings standings;
    private final RevocationFeed feed;
    private final Thread thread;
    private volatile boolean closed;
    private boolean deaf;

    RevocationNews(Records.Standings standings, SecureRandom random) {
        this.standings = standings;
        this.feed = new RevocationFeed(
                standings.changes(), standings.nodes(), NodeId.random(random), LEASE, System::nanoTime);
        this.thread = Thread.ofPlatform().daemon().name("revocation-news").unstarted(this::follow);
    }

    RevocationFeed feed() {
        return feed;
    }

    /** Whoever keeps something has registered by now. */
    void start() {
        feed.turn();
        if (standings.nodes().several()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (thread.isAlive() && !thread.join(LAST_TURN)) {
                LOG.warn("the news of revocations did not end within {}", LAST_TURN);
            }
            feed.leave();
            standings.nodes().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerUnavailableException e) {
            LOG.info("other processes were not told that this one stops: {}", e.getMessage());
        }
    }

    private void follow() {
        while (!closed) {
            try {
                feed.awaitNews();
                feed.turn();
                heard();
            } catch (LedgerUnavailableException e) {
                deaf(e);
            }
        }
    }

    private void heard() {
        if (deaf) {
            LOG.info("this process hears again what others revoke");
        }
        deaf = false;
    }

    private void deaf(LedgerUnavailableException cause) {
        if (!deaf) {
            LOG.warn(
                    "this process does not hear what others revoke, and looks everything up until it does: {}",
                    cause.getMessage());
        }
        deaf = true;
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
