package dev.nameplate.ca.app;

import dev.nameplate.ca.canary.Canary;
import dev.nameplate.ca.canary.CanarySettings;
import dev.nameplate.ca.canary.Flight;
import dev.nameplate.ca.canary.HttpLookout;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.revocation.Revocations;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flies the canary at its interval, in a thread of its own, and tells metrics, log and {@code doctor} what it saw. */
final class CanaryDuty implements HealthCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryDuty.class);
    /** Soon after the start, when the doors are open. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    private static final String REMEDY =
            "see the log; fetch what a certificate's OCSP and CRL addresses answer from where relying parties are";

    private final Core core;
    private final CanarySettings settings;
    private final HttpLookout lookout;
    private final Canary canary;
    private final MeterRegistry metrics;
    private final Schedule schedule = new Schedule();

    CanaryDuty(Core core, CanarySettings settings, Revocations revocations, MeterRegistry metrics) {
        this.core = core;
        this.settings = settings;
        this.metrics = metrics;
        this.lookout = new HttpLookout(settings.patience());
        this.canary = new Canary(
                settings,
                new Canary.Ca(core.issuing().services(), revocations, core.authorities()),
                lookout,
                CanaryDuty::freshKey,
                core.means().clock());
    }

    void start() {
        schedule.after(FIRST, settings.interval(), "the canary's flight", this::fly);
    }

    @Override
    public String name() {
        return "canary";
    }

    @Override
    public Finding find() {
        return canary.last().map(this::finding).orElseGet(() -> Finding.ok("the first flight is still to come"));
    }

    @Override
    public void close() {
        schedule.close();
        lookout.close();
    }

    private void fly() {
        switch (canary.fly()) {
            case Flight.Landed(var _, var ocsp, var crl) -> {
                lag("ocsp", ocsp);
                lag("crl", crl);
            }
            case Flight.Lost(var _, var why) -> {
                metrics.counter("nameplate.canary.failures").increment();
                LOG.warn("the canary was lost: {}", why);
            }
        }
    }

    private void lag(String until, Duration took) {
        metrics.timer("nameplate.canary.lag", "until", until).record(took.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Finding finding(Flight flight) {
        Instant stale = core.means()
                .clock()
                .instant()
                .minus(settings.interval().multipliedBy(2))
                .minus(settings.patience());
        return switch (flight) {
            case Flight.Lost(var at, var why) -> Finding.fault("at " + at + ": " + why, REMEDY);
            case Flight.Landed landed
            when landed.at().isBefore(stale) -> Finding.warning("the last flight was at " + landed.at(), REMEDY);
            case Flight.Landed(var at, var ocsp, var crl) ->
                Finding.ok("revoked at " + at + ", seen by OCSP after " + ocsp.toMillis() + " ms, on the CRL after "
                        + crl.toMillis() + " ms");
        };
    }

    private static SubjectPublicKeyInfo freshKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return SubjectPublicKeyInfo.getInstance(
                    generator.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }
}
