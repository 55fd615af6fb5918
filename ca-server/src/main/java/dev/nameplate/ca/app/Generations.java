package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.FetchNotes;
import dev.nameplate.ca.authority.Outlook;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.crl.CrlRegister;
import dev.nameplate.ca.crl.RevokedCertificates;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.store.JooqCrlRegister;
import dev.nameplate.ca.store.JooqFetchedChains;
import dev.nameplate.ca.store.JooqRevokedCertificates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rotation of issuers, and what this process does when any process changed one. */
final class Generations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final Core core;
    private final Rotation rotation;
    private final FetchNotes notes;
    private final List<Runnable> followers = new ArrayList<>();
    private final Schedule schedule = new Schedule();
    private boolean behind;

    Generations(Core core) {
        var fetched = new JooqFetchedChains(core.records().database());
        this.core = core;
        this.rotation = rotation(core);
        this.notes = new FetchNotes(core.authorities(), fetched);
    }

    /** For commands that work on the home, too. */
    static Rotation rotation(Core core) {
        var ground = new Rotation.Ground(
                core.vault(),
                core.records().issuers(),
                core.records().ledger()::claimKey,
                core.issuing().linter(),
                core.settings().issuers());
        var gate = new Rotation.Gate(
                new JooqFetchedChains(core.records().database()),
                new Crls(
                        new JooqRevokedCertificates(core.records().database()),
                        new JooqCrlRegister(core.records().database())),
                core.settings().services().rollover());
        return new Rotation(ground, gate, core.means().clock(), core.means().random());
    }

    /** Those who keep something about issuers; to be called before the start. In this order, and again if one could not. */
    Generations tell(Runnable follower) {
        followers.add(follower);
        return this;
    }

    void start() {
        schedule.every(LOOK, "following what changed about issuers", this::follow);
        schedule.every(FLUSH, "writing down who fetched new chains", notes::flush);
    }

    Rotation rotation() {
        return rotation;
    }

    FetchNotes notes() {
        return notes;
    }

    /** Everybody here knows what any process changed when this returns. */
    synchronized void follow() {
        if (core.authorities().follow() || behind) {
            behind = true;
            followers.forEach(Runnable::run);
            behind = false;
            LOG.info(
                    "issuers changed: {}",
                    core.authorities().all().stream()
                            .map(record -> record.generation() + " " + record.state())
                            .toList());
        }
    }

    @Override
    public void close() {
        schedule.close();
        notes.flush();
    }

    private record Crls(RevokedCertificates revoked, CrlRegister register) implements Outlook {
        @Override
        public Optional<Instant> lastExpiry(IssuerGeneration generation) {
            return revoked.lastExpiry(generation);
        }

        @Override
        public boolean lastCrlsPublished(IssuerGeneration generation) {
            return register.all().stream()
                    .filter(crl -> crl.scope().issuer().equals(generation))
                    .allMatch(crl -> crl.times().last());
        }
    }
}
