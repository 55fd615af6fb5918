package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.Target;
import dev.nameplate.ca.revocation.bulk.Treatment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan as the API shows it.
 *
 * @param selection everything given, by name
 * @param hits what it is about, once that is known
 */
record PlanView(
        PlanId id,
        Plan.State state,
        How how,
        Map<String, String> selection,
        Said planned,
        Optional<Said> applied,
        Optional<Hits> hits,
        Done progress) {

    /** @param finalAt when a hold becomes final */
    record How(Treatment.Kind treatment, RevocationReason reason, Optional<Instant> finalAt) {}

    /** Who said so, and when. */
    record Said(String by, Instant at) {
        static Said of(Plan.Word word) {
            return new Said(word.by().value(), word.at());
        }
    }

    /**
     * @param digest over the plan's file
     * @param issuers how many by issuer generation
     * @param crlBytes by how much the CRLs grow
     * @param sample a few of them, when a single plan is shown
     */
    record Hits(
            Sha256 digest,
            Long certificates,
            Long devices,
            Map<String, Long> issuers,
            Long crlBytes,
            List<Hit> sample) {}

    /** One certificate. */
    record Hit(IssuerGeneration issuer, SerialNumber serial, DeviceId device) {}

    /**
     * @param certificates how many were gone through
     * @param changed how many of them stand elsewhere now
     * @param problem why it makes no plan
     */
    record Done(Long certificates, Long changed, Optional<Instant> endedAt, Optional<String> problem) {}

    static PlanView of(Plan plan) {
        return of(plan, List.of());
    }

    static PlanView of(Plan plan, List<Target> sample) {
        return new PlanView(
                plan.id(),
                plan.state(),
                new How(
                        plan.treatment().kind(),
                        plan.treatment().reason(),
                        plan.treatment().finalAt()),
                plan.selection().words(),
                Said.of(plan.made()),
                plan.applied().map(Said::of),
                plan.found().map(found -> hits(found, sample)),
                new Done(
                        (long) plan.progress().done(),
                        (long) plan.progress().changed(),
                        plan.progress().endedAt(),
                        plan.progress().problem()));
    }

    private static Hits hits(Plan.Found found, List<Target> sample) {
        Map<String, Long> issuers = new TreeMap<>();
        found.world().issuers().forEach((issuer, count) -> issuers.put(issuer, (long) count));
        return new Hits(
                found.digest(),
                (long) found.world().certificates(),
                (long) found.world().devices(),
                issuers,
                found.world().crlBytes(),
                sample.stream()
                        .map(target -> new Hit(target.issuer(), target.serial(), target.device()))
                        .toList());
    }
}
