package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanStore;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Selection.Listed;
import dev.nameplate.ca.revocation.bulk.Target;
import dev.nameplate.ca.revocation.bulk.Treatment;
import dev.nameplate.ca.revocation.bulk.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A piece of a plan that a database breaks off in its middle did not happen, and happens when it is tried again. */
interface PieceContract extends Ports.Source {
    PlanId BROKEN_OFF = new PlanId("00112233445566bb");
    Plan.Word CAROL = new Plan.Word(new Actor("operator:carol"), Samples.NOW);
    int ALL = 5;
    int PIECE = 2;

    Database database();

    /** What a row breaks off must not be: the first row of a piece, its news, its events, the count, the end of the plan. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revocation | state <> 'REVOKED' | 0",
                "revocation_change | number < 0 | 0",
                "audit_entry | action <> 'certificate.revoked' | 0",
                "revocation_plan | done < 2 | 0",
                "revocation_plan | done < 4 | 2",
                "audit_entry | action <> 'revocation.done' | 4",
                "revocation_plan | state <> 'DONE' | 4"
            })
    default void endsWithExactlyThePlannedSetWhereverAPieceIsBrokenOff(String table, String rule, int doneBefore) {
        run();
        while (done() < doneBefore) {
            advance();
        }
        int audited = audited();
        execute("alter table " + table + " add constraint broken_off check (" + rule + ") not valid");

        assertThatThrownBy(this::advance).isInstanceOf(LedgerUnavailableException.class);

        assertThat(done()).isEqualTo(doneBefore);
        assertThat(revoked()).isEqualTo(doneBefore);
        assertThat(audited()).isEqualTo(audited);
        execute("alter table " + table + " drop constraint broken_off");
        Plan plan = advance();
        while (plan.state() == Plan.State.RUNNING) {
            plan = advance();
        }
        assertThat(plan.state()).isEqualTo(Plan.State.DONE);
        assertThat(plan.progress().changed()).isEqualTo(ALL);
        assertThat(revoked()).isEqualTo(ALL);
        assertThat(actions()).filteredOn("certificate.revoked"::equals).hasSize(ALL);
        assertThat(actions()).filteredOn("revocation.done"::equals).hasSize(1);
    }

    /** Serials next to each other are on one page. */
    @Test
    default void goesThroughAPlanInTheOrderOfSerials() {
        for (int serial : new int[] {3, 1, 2}) {
            ports().ledger().record(Samples.added(serial, "key " + serial, "a"), Samples.issued());
        }
        Plan draft = draft();
        List<SerialNumber> inOrder = new ArrayList<>();
        List<SerialNumber> inAnyOrder = new ArrayList<>();

        ports().plans().select(draft, target -> inOrder.add(target.serial()));
        ports().plans().survey(draft, target -> inAnyOrder.add(target.serial()));

        assertThat(inOrder).containsExactly(Samples.serial(1), Samples.serial(2), Samples.serial(3));
        assertThat(inAnyOrder).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    private void run() {
        for (int i = 1; i <= ALL; i++) {
            ports().ledger().record(Samples.added(i, "key " + i, "a"), Samples.issued());
        }
        PlanStore plans = ports().plans();
        Plan draft = draft();
        plans.add(draft);
        move(Plan.State.DRAFT, Plan.State.SELECTING);
        List<Target> targets = new ArrayList<>();
        plans.select(draft, targets::add);
        plans.addItems(BROKEN_OFF, 0, targets);
        Sha256 digest = Sha256.of(new byte[] {1});
        var world = new World(digest, targets.size(), Map.of("devices/1", targets.size()), 1, 77);
        plans.planned(BROKEN_OFF, new Plan.Found(world, digest), Samples.event("revocation.planned"));
        move(Plan.State.PLANNED, Plan.State.RUNNING);
    }

    private static Plan draft() {
        var selection = new Selection(
                Map.of(),
                Optional.of(Samples.PROFILE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Listed.NOTHING);
        var revoke = new Treatment(Treatment.Kind.REVOKE, RevocationReason.KEY_COMPROMISE, Optional.empty());
        return new Plan(
                BROKEN_OFF,
                Plan.State.DRAFT,
                selection,
                revoke,
                CAROL,
                Optional.empty(),
                Optional.empty(),
                new Plan.Progress(0, 0, Optional.empty(), Optional.empty()));
    }

    private void move(Plan.State from, Plan.State to) {
        boolean moved = ports().plans()
                .move(BROKEN_OFF, new PlanStore.Move(from, to, CAROL), Samples.event("revocation.moved"));
        assertThat(moved).isTrue();
    }

    private Plan advance() {
        return ports().plans().advance(BROKEN_OFF, PIECE, Samples.NOW);
    }

    private int done() {
        return ports().plans().find(BROKEN_OFF).orElseThrow().progress().done();
    }

    private long revoked() {
        long revoked = 0;
        for (int i = 1; i <= ALL; i++) {
            revoked +=
                    ports()
                            .revocations()
                            .of(Samples.ISSUER, Samples.serial(i))
                            .filter(Standing.Revoked.class::isInstance)
                            .stream()
                            .count();
        }
        return revoked;
    }

    private int audited() {
        return actions().size();
    }

    private List<String> actions() {
        return ports().audit().entriesAfter(0, 100).stream()
                .map(entry -> entry.event().action())
                .toList();
    }

    /** By someone who owns the tables, beside this process. */
    private void execute(String sql) {
        boolean h2 = database().engine().dialect() == SQLDialect.H2;
        String own = h2 ? sql.replace("not valid", "nocheck") : sql;
        int nothing = database().writer().write(writing -> writing.sql().execute(own));
        assertThat(nothing).isZero();
    }
}
