package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationFeed;
import dev.nameplate.ca.revocation.bulk.BulkSettings;
import dev.nameplate.ca.revocation.bulk.PlanWorker;
import dev.nameplate.ca.revocation.bulk.Plans;
import dev.nameplate.ca.store.JooqPlanStore;
import java.time.Duration;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bulk revocation: its plans, and the thread that carries them out. */
final class BulkRevocation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkRevocation.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
    private static final Duration LAST_PIECE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(30);

    private final Core core;
    private final JooqPlanStore store;
    private final Plans plans;
    private final PlanWorker worker;
    private final Thread thread;
    private volatile boolean closed;

    BulkRevocation(Core core, RevocationFeed feed) {
        BulkSettings settings = core.settings().services().bulk();
        this.core = core;
        this.store = core.records().standings().plans();
        this.plans = new Plans(
                store, settings, this::ca, core.means().clock(), core.means().random());
        this.worker =
                new PlanWorker(store, settings, feed, this::ca, core.means().clock());
        this.thread = Thread.ofPlatform().daemon().name("bulk-revocation").unstarted(this::work);
    }

    Plans plans() {
        return plans;
    }

    void start() {
        thread.start();
    }

    void prune() {
        store.prune(core.means().clock().instant().minus(KEPT));
    }

    /** A plan that is under way goes on at the next start. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(LAST_PIECE)) {
                LOG.warn("the last piece of a bulk revocation did not end within {}", LAST_PIECE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The certificate that this CA began with. */
    private Sha256 ca() {
        return core.authorities().all().stream()
                .filter(issuer -> !issuer.chain().isEmpty())
                .min(Comparator.comparing(IssuerRecord::createdAt)
                        .thenComparing(issuer -> issuer.generation().toString()))
                .map(issuer -> issuer.chain().getLast().fingerprint())
                .orElseThrow(() -> new IllegalStateException("no issuer has a certificate yet"));
    }

    private void work() {
        try {
            while (!closed) {
                Thread.sleep(turn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to wait before the next */
    private Duration turn() throws InterruptedException {
        try {
            return worker.turn() ? Duration.ZERO : LOOK;
        } catch (RuntimeException e) {
            LOG.warn("a bulk revocation did not get on, and is tried again in {}: {}", AFTER_A_FAULT, e.toString());
            return AFTER_A_FAULT;
        }
    }
}
