package dev.nameplate.ca.crl;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.CrlScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Publishes one CRL: read, signed, recorded, and only then shown. Whatever fails on the way, the one before stays. */
final class CrlPublication {
    private final RevokedCertificates revoked;
    private final CrlBuilder builder;
    private final CrlRegister register;
    private final PublicDirectory directory;
    private final Optional<CrlPieces> pieces;
    private final InstantSource clock;

    CrlPublication(CrlRecords records, CrlBuilder builder, PublicDirectory directory, InstantSource clock) {
        this.revoked = records.revoked();
        this.register = records.register();
        this.pieces = records.pieces();
        this.builder = builder;
        this.directory = directory;
        this.clock = clock;
    }

    /** Whether it is published because it is time to, or because something changed in between. */
    enum Occasion {
        SCHEDULE,
        CHANGE
    }

    /**
     * @param last what was recorded last of this scope
     * @return what everyone can fetch now; nothing if another process published meanwhile
     */
    Optional<PublishedCrl> publish(PlannedCrl planned, Optional<PublishedCrl> last, Occasion occasion)
            throws IOException {
        long number = last.map(crl -> crl.number() + 1).orElse(1L);
        CrlScope scope = planned.scope();
        Path draft = directory.draft(scope, number);
        PublishedCrl crl = built(planned, last, occasion, draft);
        if (!register.record(crl, event(crl))) {
            Files.deleteIfExists(draft);
            return Optional.empty();
        }
        directory.show(scope, draft);
        if (planned.key().active()) {
            directory.link(scope);
        }
        return Optional.of(crl);
    }

    /**
     * What can wait until everyone sees the new one.
     *
     * @param newest while nothing has changed since
     */
    void finish(PublishedCrl crl, BooleanSupplier newest) throws IOException {
        pieces.ifPresent(shared -> shared.keepOnly(crl.scope(), crl.content().sha256()));
        directory.compress(crl.scope(), newest);
    }

    /** Once it may be recorded the draft stays until it is shown: also if this process ends before. */
    private PublishedCrl built(PlannedCrl planned, Optional<PublishedCrl> last, Occasion occasion, Path draft)
            throws IOException {
        boolean whole = false;
        try {
            PublishedCrl crl = build(planned, last, times(planned, last, occasion), draft);
            if (pieces.isPresent()) {
                share(crl, draft);
            }
            whole = true;
            return crl;
        } finally {
            if (!whole) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private PublishedCrl build(PlannedCrl planned, Optional<PublishedCrl> last, CrlTimes times, Path draft)
            throws IOException {
        CrlScope scope = planned.scope();
        long number = last.map(crl -> crl.number() + 1).orElse(1L);
        long through = Math.max(last.map(PublishedCrl::throughChange).orElse(0L), revoked.newestChange());
        Instant expiredBefore = last.map(crl -> crl.times().scheduled()).orElse(Instant.EPOCH);
        try (Spool spool = new Spool(directory.spool(scope, number))) {
            long latest = times.thisUpdate().getEpochSecond();
            Boolean spooled = revoked.read(scope, expiredBefore, entries -> {
                CrlBuilder.spool(entries, latest, spool);
                return true;
            });
            assert spooled;
            CrlDraft toSign = new CrlDraft(scope, planned.key(), number, times, planned.distributionPoint());
            return new PublishedCrl(scope, number, times, builder.build(toSign, spool, draft), through);
        }
    }

    /** Never before the one before, whatever the clock says. */
    private CrlTimes times(PlannedCrl planned, Optional<PublishedCrl> last, Occasion occasion) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant before = last.map(crl -> crl.times().thisUpdate()).orElse(now);
        Instant thisUpdate = now.isBefore(before) ? before : now;
        Instant scheduled = occasion == Occasion.SCHEDULE
                ? thisUpdate
                : last.map(crl -> crl.times().scheduled()).orElse(thisUpdate);
        Instant nextUpdate = planned.key().ending()
                ? CrlTimes.NEVER
                : thisUpdate.plus(planned.terms().lasts()).truncatedTo(ChronoUnit.SECONDS);
        return new CrlTimes(thisUpdate, nextUpdate, scheduled);
    }

    private void share(PublishedCrl crl, Path draft) throws IOException {
        try (InputStream content = Files.newInputStream(draft)) {
            pieces.orElseThrow().put(crl.scope(), crl.content().sha256(), content);
        }
    }

    private AuditEvent event(PublishedCrl crl) {
        return Cause.SYSTEM.event(
                clock.instant(),
                "crl.published",
                "crl:" + crl.scope(),
                Map.of(
                        "number", String.valueOf(crl.number()),
                        "this-update", crl.times().thisUpdate().toString(),
                        "next-update", crl.times().nextUpdate().toString(),
                        "entries", String.valueOf(crl.content().entries()),
                        "sha256", crl.content().sha256().toString()));
    }
}
