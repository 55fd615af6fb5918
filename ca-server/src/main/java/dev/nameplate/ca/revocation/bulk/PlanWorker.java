package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationFeed;
import dev.nameplate.ca.revocation.bulk.Plan.State;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds out what plans hit and carries them out, a piece at a time. It keeps nothing: whoever dies in the middle of a plan, this
 * or another process goes on after the last piece that was recorded.
 */
public final class PlanWorker {
    private static final int PAGE = 1000;
    private static final int MOST = 500;

    /** A sync and what goes with it cost as much as these: smaller pieces take hardly less time. */
    private static final int LEAST = 100;

    /** Whoever revokes one certificate meanwhile waits for a piece: no longer than this, where the database is quick enough. */
    private static final long SOON_MILLIS = 40;

    private static final int MOST_UNKNOWN = 5;

    private final PlanStore store;
    private final RevocationFeed feed;
    private final Supplier<Sha256> ca;
    private final InstantSource clock;
    private final int most;
    private final BlockingBucket pace;
    private int piece;

    public PlanWorker(
            PlanStore store, BulkSettings settings, RevocationFeed feed, Supplier<Sha256> ca, InstantSource clock) {
        this.store = store;
        this.feed = feed;
        this.ca = ca;
        this.clock = clock;
        this.most = Math.min(MOST, settings.perSecond());
        this.piece = Math.min(LEAST, most);
        this.pace = Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(settings.perSecond(), Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build()
                .asBlocking();
    }

    /**
     * Does one piece of work, if there is any.
     *
     * @return whether there was
     * @throws InterruptedException if it is told to stop while it keeps its pace
     */
    public boolean turn() throws InterruptedException {
        Optional<Plan> selecting = oldest(State.SELECTING);
        if (selecting.isPresent()) {
            select(selecting.get());
            return true;
        }
        Optional<Plan> running = oldest(State.RUNNING);
        if (running.isPresent()) {
            pace.consume(piece);
            long begin = clock.millis();
            store.advance(running.get().id(), piece, clock.instant());
            fit(clock.millis() - begin);
            feed.settle();
        }
        return running.isPresent();
    }

    /** Larger pieces get on quicker, and smaller ones let others in. */
    private void fit(long tookMillis) {
        if (tookMillis > SOON_MILLIS) {
            piece = Math.max(Math.min(LEAST, most), piece / 2);
        } else if (tookMillis < SOON_MILLIS / 2) {
            piece = Math.min(most, piece * 2);
        }
    }

    private Optional<Plan> oldest(State state) {
        return store.in(state, 1).stream().findFirst();
    }

    private void select(Plan plan) {
        List<String> unknown = store.unknown(plan.id(), MOST_UNKNOWN);
        if (!unknown.isEmpty()) {
            store.failed(
                    plan.id(),
                    "not known here: " + String.join(", ", unknown) + (unknown.size() < MOST_UNKNOWN ? "" : ", …"));
            return;
        }
        Census census = find(plan);
        if (census.certificates() == 0) {
            store.failed(plan.id(), "nothing matches that has not expired and is not revoked for good");
            return;
        }
        World world = census.world(store.devices(plan.id()));
        Instant now = clock.instant();
        Sha256 digest = new PlanFile(store, ca.get()).digest(plan, world);
        Map<String, String> facts = new TreeMap<>(plan.selection().words());
        facts.put("certificates", Integer.toString(world.certificates()));
        facts.put("digest", digest.toString());
        Cause cause = new Cause(plan.made().by(), Optional.empty());
        store.planned(
                plan.id(),
                new Plan.Found(world, digest),
                cause.event(now, "revocation.planned", "plan:" + plan.id(), facts));
    }

    private Census find(Plan plan) {
        store.forgetItems(plan.id());
        Census census = new Census(plan.treatment());
        List<Target> page = new ArrayList<>(PAGE);
        store.select(plan, target -> {
            census.add(target);
            page.add(target);
            if (page.size() == PAGE) {
                store.addItems(plan.id(), census.certificates() - PAGE, page);
                page.clear();
            }
        });
        store.addItems(plan.id(), census.certificates() - page.size(), page);
        return census;
    }
}
