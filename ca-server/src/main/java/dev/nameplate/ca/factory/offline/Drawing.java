package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchRegister;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.PossessionCheck;
import dev.nameplate.ca.factory.RecordSigner;
import dev.nameplate.ca.factory.UnitIssuance;
import dev.nameplate.ca.factory.UnitWish;
import dev.nameplate.ca.factory.export.StationEnvelope;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Units made ahead of time: key, certificate and all, each readable by one station alone. */
public final class Drawing {
    /** More in one bundle are refused. */
    public static final int MOST_UNITS = 10_000;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Records records;
    private final Line line;
    private final RecordSigner signer;
    private final Function<IssuerGeneration, List<CertificateDer>> chains;
    private final InstantSource clock;

    /** What is on record of batches, of who received their keys, and of what was drawn. */
    public record Records(BatchRegister batches, HandoverRegister handovers, BundleRegister bundles) {}

    /**
     * What a station asks for.
     *
     * @param bundle its name, made up by the station, so that the same wish again is answered the same
     * @param recipient the key that the batch's key-encryption key was handed over to
     * @param journal the key, on P-256, that will sign the journal
     */
    public record Wish(
            BundleName bundle,
            BatchName batch,
            int units,
            Duration validFor,
            SubjectPublicKeyInfo recipient,
            SubjectPublicKeyInfo journal) {}

    /**
     * One envelope: CMS AuthEnvelopedData in DER.
     *
     * @param place counted from 1
     */
    public record Envelope(int place, DeviceId unit, byte[] sealed) {}

    /** What became of a wish for envelopes. */
    public sealed interface Filling {
        record Filled(List<Envelope> envelopes) implements Filling {}

        record Refused(Refusal refusal) implements Filling {}
    }

    /** @param chains the certificates above those of an issuer */
    public Drawing(
            Records records,
            Line line,
            RecordSigner signer,
            Function<IssuerGeneration, List<CertificateDer>> chains,
            InstantSource clock) {
        this.records = records;
        this.line = line;
        this.signer = signer;
        this.chains = chains;
        this.clock = clock;
    }

    /** Takes a slice of the quota; the units are made as they are fetched. */
    public BundleRegister.Draw draw(Wish wish, OperatorName station, Cause cause) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Batch> batch = records.batches().find(wish.batch());
        if (batch.isEmpty()) {
            return BundleRegister.Draw.Refused.because(new Refusal.NotFound("batch " + wish.batch()));
        }
        Optional<Refusal> objection = objectionTo(wish, batch.get(), station);
        if (objection.isPresent()) {
            return BundleRegister.Draw.Refused.because(objection.get());
        }
        Instant end = now.plus(wish.validFor());
        Instant expires =
                batch.get().order().window().end().filter(end::isAfter).orElse(end);
        var header = new BundleHeader(
                wish.bundle(), wish.batch(), station, wish.units(), now, expires, Keys.hashOf(wish.journal()));
        var keys = new Bundle.Keys(Keys.hashOf(wish.recipient()), wish.journal());
        return records.bundles().draw(new DrawOrder(header, keys, signer.sign(header.octets(), now), cause));
    }

    /** @param recipient as it was when the bundle was drawn */
    public Filling fill(BundleName name, int from, int limit, SubjectPublicKeyInfo recipient, Cause cause) {
        Optional<Bundle> found = records.bundles().find(name);
        Optional<Refusal> objection = found.isEmpty()
                ? Optional.of(new Refusal.NotFound("bundle " + name))
                : objectionTo(found.get(), recipient);
        if (objection.isPresent()) {
            return new Filling.Refused(objection.get());
        }
        List<DeviceId> units = records.bundles().units(name, from, limit);
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UnitIssuance>> making = units.stream()
                    .map(unit -> together.submit(() -> make(found.get().header(), unit, cause)))
                    .toList();
            List<Envelope> envelopes = new ArrayList<>();
            for (Future<UnitIssuance> each : making) {
                switch (answer(each)) {
                    case UnitIssuance.Refused(var refusal) -> {
                        return new Filling.Refused(refusal);
                    }
                    case UnitIssuance.Issued issued ->
                        envelopes.add(envelope(from + envelopes.size(), issued, recipient));
                }
            }
            return new Filling.Filled(envelopes);
        }
    }

    private UnitIssuance make(BundleHeader header, DeviceId unit, Cause cause) {
        return line.inject(
                new UnitWish(header.batch(), unit, Map.of()),
                new Caller.Drawn(header.station(), header.bundle()),
                cause);
    }

    private Envelope envelope(int place, UnitIssuance.Issued issued, SubjectPublicKeyInfo recipient) {
        List<CertificateDer> chain =
                new ArrayList<>(List.of(issued.certificate().certificate()));
        chain.addAll(chains.apply(issued.certificate().issuer()));
        var content = new SealedUnit(
                issued.unit().id(),
                chain,
                PossessionCheck.message(
                        issued.unit().certificate().orElseThrow().nonce()),
                issued.wrapped().orElseThrow().octets());
        return new Envelope(place, issued.unit().id(), StationEnvelope.seal(content.octets(), recipient));
    }

    private Optional<Refusal> objectionTo(Wish wish, Batch batch, OperatorName station) {
        if (batch.order().keys().origin() != KeyOrigin.INJECTED) {
            return Optional.of(new Refusal.NotPossibleNow(
                    "batch " + batch.name(), "only units whose keys are made by the CA can be drawn ahead of time"));
        }
        if (wish.units() < 1 || wish.units() > MOST_UNITS) {
            return Optional.of(new Refusal.FieldWrong("units", "is not 1 to " + MOST_UNITS));
        }
        if (wish.validFor().compareTo(SHORTEST) < 0 || wish.validFor().compareTo(LONGEST) > 0) {
            return Optional.of(new Refusal.FieldWrong("validFor", "is not a minute to 90 days"));
        }
        Sha256 recipient = Keys.hashOf(wish.recipient());
        return records.handovers()
                        .find(batch.name(), station)
                        .filter(handover -> handover.recipient().equals(recipient))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal.NotPossibleNow(
                        "batch " + batch.name(),
                        "its key-encryption key was not handed over to this key of station " + station));
    }

    private static Optional<Refusal> objectionTo(Bundle bundle, SubjectPublicKeyInfo recipient) {
        BundleName name = bundle.header().bundle();
        if (bundle.over()) {
            return Optional.of(new Refusal.NotPossibleNow("bundle " + name, "it is over"));
        }
        return bundle.keys().recipient().equals(Keys.hashOf(recipient))
                ? Optional.empty()
                : Optional.of(new Refusal.FieldWrong("recipient", "is not the key that the bundle was drawn for"));
    }

    private static UnitIssuance answer(Future<UnitIssuance> making) {
        try {
            return making.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while units were made", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw new IllegalStateException("a unit could not be made", e.getCause());
        }
    }
}
