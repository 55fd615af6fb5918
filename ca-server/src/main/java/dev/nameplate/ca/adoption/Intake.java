package dev.nameplate.ca.adoption;

import dev.nameplate.ca.adoption.AdoptedHistory.Added;
import dev.nameplate.ca.adoption.AdoptedHistory.Item;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has records that were looked at before written down, some hundred at a time. */
final class Intake implements PastReader.Told {
    private static final int GROUP = 500;

    private final AdoptedHistory history;
    private final Adoption.Findings findings;
    private final AdoptedHistory.Terms terms;
    private final DeviceNames devices;
    private final Cause cause;
    private final Watch watch;
    private final Instant latest;
    private final List<Item> group = new ArrayList<>(GROUP);
    private Added added = Added.NOTHING;
    private long records;

    Intake(
            AdoptedHistory history,
            Adoption.Findings findings,
            AdoptedHistory.Terms terms,
            DeviceNames devices,
            Cause cause,
            Watch watch) {
        this.history = history;
        this.findings = findings;
        this.terms = terms;
        this.devices = devices;
        this.cause = cause;
        this.watch = watch;
        this.latest = issuer().parsed().getNotAfter().toInstant();
    }

    @Override
    public void past(String where, Past past) {
        records++;
        if (past.certificate().filter(findings.issuer().chain()::contains).isPresent()) {
            return;
        }
        Optional<DeviceId> device = past.certificate().flatMap(devices::of);
        group.add(new Item(past, device, past.notAfter().orElse(latest)));
        if (group.size() == GROUP) {
            flush();
        }
    }

    /** Somebody changed the files since they were looked at. */
    @Override
    public void wrong(String where, String why) {
        throw new IllegalStateException(where + " was right a moment ago, and is not now: " + why);
    }

    void flush() {
        if (!group.isEmpty()) {
            added = added.and(history.add(findings.issuer().generation(), terms, List.copyOf(group), cause));
            group.clear();
            watch.took(records, findings.tally().records());
        }
    }

    Added added() {
        return added;
    }

    private CertificateDer issuer() {
        return findings.issuer().chain().getFirst();
    }
}
