package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Map;
import java.util.Optional;

/** A station draws units; decided where they are counted against the quota. */
public record DrawOrder(BundleHeader header, Bundle.Keys keys, byte[] signed, Cause cause) {
    public DrawOrder {
        signed = signed.clone();
    }

    @Override
    public byte[] signed() {
        return signed.clone();
    }

    public Bundle bundle() {
        return new Bundle(header, keys, signed, 0, Bundle.Ends.NONE);
    }

    /** @param known the bundle of this name, if there is one */
    public Optional<BundleRegister.Draw> answerFrom(Optional<Bundle> known) {
        return known.map(bundle -> bundle.isFor(this)
                ? new BundleRegister.Draw.Drawn(bundle)
                : BundleRegister.Draw.Refused.because(new Refusal.AlreadyExists("bundle " + header.bundle())));
    }

    public Optional<BundleRegister.Draw> objectionTo(Batch batch) {
        Optional<Refusal> closed = new Caller.Station(header.station())
                .objectionTo(batch)
                .or(() -> batch.objectionToWorkAt(header.drawnAt()));
        if (closed.isPresent()) {
            return closed.map(BundleRegister.Draw.Refused::because);
        }
        return batch.remaining() >= header.units()
                ? Optional.empty()
                : Optional.of(new BundleRegister.Draw.Refused(
                        new Refusal.BatchQuotaSpent(batch.name(), batch.order().quota()),
                        Optional.of(cause.event(
                                header.drawnAt(),
                                "batch.quota-exceeded",
                                "batch:" + batch.name(),
                                Map.of(
                                        "wanted",
                                        Integer.toString(header.units()),
                                        "remaining",
                                        Integer.toString(batch.remaining()))))));
    }

    public AuditEvent event() {
        return cause.event(
                header.drawnAt(),
                "bundle.drawn",
                "batch:" + header.batch(),
                Map.of(
                        "bundle", header.bundle().value(),
                        "station", header.station().value(),
                        "units", Integer.toString(header.units()),
                        "expires", header.expiresAt().toString()));
    }
}
