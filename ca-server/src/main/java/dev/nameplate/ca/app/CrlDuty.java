package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.crl.CrlPlan;
import dev.nameplate.ca.crl.CrlPoint;
import dev.nameplate.ca.crl.CrlPublisher;
import dev.nameplate.ca.crl.CrlRecords;
import dev.nameplate.ca.crl.PublicDirectory;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationListener;
import dev.nameplate.ca.store.Database;
import dev.nameplate.ca.store.JooqCrlPieces;
import dev.nameplate.ca.store.JooqCrlRegister;
import dev.nameplate.ca.store.JooqLeases;
import dev.nameplate.ca.store.JooqRevokedCertificates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes CRLs on threads of its own, for as long as the server runs. */
final class CrlDuty implements RevocationListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrlDuty.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration LAST = Duration.ofSeconds(5);
    private static final int WORKERS = 4;
    private static final int SELF_OCTETS = 8;

    private final CrlPublisher publisher;
    private final CrlRecords records;
    private final Semaphore calls = new Semaphore(0);
    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().daemon().name("crl-worker-", 0).factory());
    private final Thread thread =
            Thread.ofPlatform().daemon().name("crl-publisher").unstarted(this::run);
    private volatile boolean closed;
    private boolean failing;

    CrlDuty(Core core, MeterRegistry metrics) {
        this.records = records(core);
        byte[] self = new byte[SELF_OCTETS];
        core.means().random().nextBytes(self);
        this.publisher = new CrlPublisher(
                new CrlPlan(core.authorities(), terms(core), () -> points(core)),
                records,
                new PublicDirectory(core.means().home().published()),
                new CrlLinter(),
                core.means().clock(),
                new CrlPublisher.Surroundings(
                        workers,
                        calls::release,
                        new CrlMeters(metrics, core.means().clock()),
                        hex(self),
                        System::nanoTime));
    }

    CrlPublisher publisher() {
        return publisher;
    }

    /** Looks soon what there is to publish. */
    void awaken() {
        calls.release();
    }

    /** In a new home every CRL is published when this returns. */
    void start() {
        publisher.prepare();
        publisher.look();
        publisher.tidy();
        long end = System.nanoTime() + FIRST.toNanos();
        while (!publisher.settled() && System.nanoTime() < end && await()) {
            publisher.look();
        }
        thread.start();
    }

    @Override
    public void changed(List<RevocationChange> changes) {
        calls.release();
    }

    @Override
    public void close() {
        closed = true;
        calls.release();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)
                    || (thread.isAlive() && !thread.join(LAST))) {
                LOG.info("a CRL that was being published is published after the next start");
            }
            publisher.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerUnavailableException e) {
            LOG.info("other processes wait a little before they publish CRLs: {}", e.getMessage());
        }
    }

    private void run() {
        while (!closed && await()) {
            try {
                if (!closed) {
                    publisher.look();
                    failing = false;
                }
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.error("CRLs cannot be looked after, which is tried until it works: {}", e.toString());
                }
                failing = true;
            }
        }
    }

    /** @return false if this thread is to end */
    private boolean await() {
        try {
            if (calls.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static CrlRecords records(Core core) {
        Database database = core.records().database();
        boolean shared = core.settings().database().url().isPresent();
        return new CrlRecords(
                new JooqCrlRegister(database),
                new JooqRevokedCertificates(database),
                shared ? Optional.of(new JooqCrlPieces(database)) : Optional.empty(),
                new JooqLeases(database));
    }

    private static Map<IssuerName, CrlTerms> terms(Core core) {
        return core.settings().issuers().stream().collect(Collectors.toMap(IssuerSettings::name, IssuerSettings::crl));
    }

    /** Where the profiles with shards have certificates say that their CRL is. */
    private static List<CrlPoint> points(Core core) {
        List<CrlPoint> points = new ArrayList<>();
        for (IssuerRecord record : core.authorities().all()) {
            if (record.state().handedOut()) {
                for (Profile profile : core.settings().profiles().all()) {
                    if (profile.issuer().equals(record.generation().issuer())) {
                        profile.locations()
                                .shardUrls(record.generation())
                                .forEach(url -> points.add(new CrlPoint(
                                        record.generation(),
                                        url,
                                        profile.locations().crlShards())));
                    }
                }
            }
        }
        return points;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
