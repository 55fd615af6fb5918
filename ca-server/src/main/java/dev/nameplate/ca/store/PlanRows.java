package dev.nameplate.ca.store;

import static java.util.Objects.requireNonNull;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Treatment;
import dev.nameplate.ca.revocation.bulk.World;
import dev.nameplate.schema.generated.tables.records.RevocationPlanRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between rows and words, for plans. */
final class PlanRows {
    private static final String ATTRIBUTE = "attribute.";

    private PlanRows() {}

    static RevocationPlanRecord row(Plan plan) {
        var row = new RevocationPlanRecord();
        row.setId(plan.id().value());
        row.setState(plan.state().name());
        row.setSelection(Facts.write(plan.selection().words()));
        row.setTreatment(plan.treatment().kind().word());
        row.setReason((short) plan.treatment().reason().code());
        row.setFinalAt(Rows.asStored(plan.treatment().finalAt()));
        row.setPlannedBy(plan.made().by().value());
        row.setPlannedAt(Rows.asStored(plan.made().at()));
        row.setCertificates(0);
        row.setDevices(0);
        row.setCrlBytes(0L);
        row.setIssuers(Facts.write(Map.of()));
        row.setDone(0);
        row.setChanged(0);
        return row;
    }

    static Plan plan(RevocationPlanRecord row) {
        return new Plan(
                new PlanId(row.getId()),
                Plan.State.valueOf(row.getState()),
                selection(Facts.read(row.getSelection())),
                new Treatment(
                        Treatment.Kind.valueOf(row.getTreatment().toUpperCase(Locale.ROOT)),
                        RevocationReason.ofCode(row.getReason()),
                        Optional.ofNullable(row.getFinalAt())),
                new Plan.Word(new Actor(row.getPlannedBy()), row.getPlannedAt()),
                found(row),
                word(row.getAppliedBy(), row.getAppliedAt()),
                new Plan.Progress(
                        row.getDone(),
                        row.getChanged(),
                        Optional.ofNullable(row.getEndedAt()),
                        Optional.ofNullable(row.getProblem())));
    }

    static String issuers(World world) {
        Map<String, String> texts = new TreeMap<>();
        world.issuers().forEach((issuer, count) -> texts.put(issuer, count.toString()));
        return Facts.write(texts);
    }

    private static Optional<Plan.Found> found(RevocationPlanRecord row) {
        byte[] world = row.getWorld();
        byte[] digest = row.getDigest();
        if (world == null || digest == null) {
            return Optional.empty();
        }
        Map<String, Integer> issuers = new TreeMap<>();
        Facts.read(row.getIssuers()).forEach((issuer, count) -> issuers.put(issuer, Integer.valueOf(count)));
        return Optional.of(new Plan.Found(
                new World(
                        Sha256.fromOctets(world), row.getCertificates(), issuers, row.getDevices(), row.getCrlBytes()),
                Sha256.fromOctets(digest)));
    }

    private static Optional<Plan.Word> word(@Nullable String by, @Nullable Instant at) {
        return by == null ? Optional.empty() : Optional.of(new Plan.Word(new Actor(by), requireNonNull(at)));
    }

    private static Selection selection(Map<String, String> words) {
        Map<String, String> attributes = new TreeMap<>();
        words.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
            }
        });
        return new Selection(
                attributes,
                Optional.ofNullable(words.get("profile")).map(ProfileName::new),
                Optional.ofNullable(words.get("issuer")).map(PlanRows::issuer),
                Optional.ofNullable(words.get("key")).map(KeyAlgorithm::parse),
                Optional.ofNullable(words.get("issued-from")).map(Instant::parse),
                Optional.ofNullable(words.get("issued-before")).map(Instant::parse),
                Optional.ofNullable(words.get("listed"))
                        .map(word -> Selection.Listed.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Selection.Listed.NOTHING));
    }

    private static IssuerGeneration issuer(String text) {
        int slash = text.indexOf('/');
        return new IssuerGeneration(
                new IssuerName(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
}
