package dev.nameplate.ca.app;

import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.ocsp.CaStandings;
import dev.nameplate.ca.ocsp.OcspResponder;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.ca.revocation.Freshness;
import dev.nameplate.ca.revocation.Standings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** OCSP, put together. */
final class Ocsp implements AutoCloseable {
    private static final Duration RESPONDER_CHECK = Duration.ofSeconds(15);

    /** So many answers are signed again at once: the token is there for others, too. */
    private static final int RENEWALS = 2;

    private final Scopes scopes = new Scopes();
    private final ExecutorService renewals = Executors.newFixedThreadPool(
            RENEWALS, Thread.ofVirtual().name("ocsp-renewal-", 0).factory());
    private final ResponderKeys keys;
    private final OcspResponder responder;
    private final HealthCheck check;

    /** What is revoked, and how sure that is. */
    record Following(Standings standings, Freshness freshness) {}

    Ocsp(Core core, Following following, MeterRegistry metrics, OwnKey.Watch watch) {
        this.keys = new ResponderKeys(core, scopes, watch);
        this.responder = new OcspResponder(
                core.settings().services().ocsp(),
                scopes,
                new CaStandings(following.standings(), core.authorities()::all),
                following.freshness(),
                new OcspResponder.World(core.means().clock(), renewals, new OcspMeters(metrics)));
        this.check = new OcspCheck(core, scopes, keys);
        metrics.gauge("nameplate.ocsp.kept", responder, OcspResponder::keptAnswers);
    }

    /** Every generation has a responder when this returns, or the log says why not. */
    void start(Schedule schedule) {
        keys.renew();
        schedule.every(RESPONDER_CHECK, "renewing the OCSP responders' certificates", keys::renew);
    }

    /** Speaks for every issuer there is now. */
    void follow() {
        keys.renew();
    }

    OcspResponder responder() {
        return responder;
    }

    ResponderKeys keys() {
        return keys;
    }

    HealthCheck check() {
        return check;
    }

    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
