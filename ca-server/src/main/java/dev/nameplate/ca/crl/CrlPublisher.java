package dev.nameplate.ca.crl;

import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.pki.CrlScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every CRL there has to be published: on schedule, and soon after something was revoked. One of several processes at a
 * time does so, by a lease; the record of numbers is what makes two of them harmless.
 */
public final class CrlPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(CrlPublisher.class);
    private static final String LEASE = "crl";
    private static final Duration LEASE_LASTS = Duration.ofSeconds(30);

    /** Enough to have every worker busy, and few enough that what becomes urgent is soon begun with. */
    private static final int MOST_AT_ONCE = 8;

    private final CrlPlan plan;
    private final CrlRecords records;
    private final PublicDirectory directory;
    private final CrlPublication publication;
    private final CrlMirror mirror;
    private final InstantSource clock;
    private final Surroundings around;
    private final CrlBook book = new CrlBook();
    private final Map<CrlScope, DueCrl> busy = new HashMap<>();

    /** Everyone sees these, and they are being compressed. */
    private final Set<CrlScope> finishing = new HashSet<>();

    /** Those of them whose next one is wanted already: no longer worth it. */
    private final Set<CrlScope> outdated = ConcurrentHashMap.newKeySet();

    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<CrlScope, CompletableFuture<CrlOutcome>> asked = new ConcurrentHashMap<>();
    private volatile List<CrlState> states = List.of();
    private boolean holding;
    private long taken;
    private boolean failing;

    /**
     * What the publisher works with.
     *
     * @param workers publish; a few at a time
     * @param awaken has {@link #look} called soon
     * @param self different for every process, also after a restart
     * @param nanos as {@link System#nanoTime}
     */
    public record Surroundings(Executor workers, Runnable awaken, CrlEvents events, String self, LongSupplier nanos) {}

    public CrlPublisher(
            CrlPlan plan,
            CrlRecords records,
            PublicDirectory directory,
            CrlLinter linter,
            InstantSource clock,
            Surroundings around) {
        this.plan = plan;
        this.records = records;
        this.directory = directory;
        this.publication = new CrlPublication(records, new CrlBuilder(linter), directory, clock);
        this.mirror = new CrlMirror(directory, records.pieces());
        this.clock = clock;
        this.around = around;
    }

    /** Before a certificate is issued: remembers where certificates will say that their CRL is. */
    public void prepare() {
        plan.notePoints(records.register());
    }

    /** Looks what is due and has the workers begin with it; by one thread at a time. */
    public void look() {
        hear();
        Instant now = clock.instant();
        refresh(now);
        finishing.stream().filter(scope -> book.wanted(scope, asked.keySet())).forEach(outdated::add);
        List<DueCrl> due = book.due(now, asked.keySet(), busy.keySet());
        if (!due.isEmpty() && take()) {
            refresh(now);
            book.due(now, asked.keySet(), busy.keySet()).forEach(this::begin);
        }
        if (due.isEmpty() && busy.isEmpty()) {
            release();
        }
        keep();
        complain();
        states = book.states();
        around.events().looked(states);
    }

    /** Removes what earlier processes of this home left half done, once it has been looked what of it is needed. */
    public void tidy() {
        try {
            directory.tidy(plan.generations());
        } catch (IOException e) {
            throw new UncheckedIOException("what was left half done cannot be removed", e);
        }
    }

    /** Whether nothing is in work, and every CRL there has to be was published once. */
    public boolean settled() {
        return busy.isEmpty()
                && news.isEmpty()
                && states.stream().allMatch(state -> state.newest().isPresent());
    }

    /** As of the last look. */
    public List<CrlState> states() {
        return states;
    }

    /** Publishes this one although it may not be due. All who ask meanwhile hear of it. */
    public CompletableFuture<CrlOutcome> publish(CrlScope scope) {
        CompletableFuture<CrlOutcome> outcome = asked.computeIfAbsent(scope, _ -> new CompletableFuture<>());
        around.awaken().run();
        return outcome;
    }

    /** Others need not wait for the lease. */
    public void leave() {
        release();
    }

    private void refresh(Instant now) {
        prepare();
        book.refresh(records, plan, now);
        try {
            mirror.catchUp(book.toShow(), busy.keySet(), now, book::lost);
        } catch (IOException e) {
            throw new UncheckedIOException("a CRL that is recorded cannot be shown: " + e.getMessage(), e);
        }
    }

    private boolean take() {
        taken = around.nanos().getAsLong();
        holding = records.leases().take(LEASE, around.self(), LEASE_LASTS);
        return holding;
    }

    private void keep() {
        if (holding
                && around.nanos().getAsLong() - taken > LEASE_LASTS.dividedBy(3).toNanos()) {
            take();
        }
    }

    private void release() {
        if (holding) {
            holding = false;
            records.leases().release(LEASE, around.self());
        }
    }

    /** Those that take long go one by one, so that there is always a worker for the others. */
    private void begin(DueCrl due) {
        if (busy.size() >= MOST_AT_ONCE
                || (due.large() && busy.values().stream().anyMatch(DueCrl::large))) {
            return;
        }
        busy.put(due.scope(), due);
        around.workers().execute(() -> {
            CrlOutcome outcome = attempt(due);
            tell(() -> ended(outcome));
            if (outcome instanceof CrlOutcome.Published(var crl, var _)) {
                finish(crl);
            }
            tell(() -> finished(due.scope()));
        });
    }

    private void finished(CrlScope scope) {
        busy.remove(scope);
        finishing.remove(scope);
        outdated.remove(scope);
    }

    private CrlOutcome attempt(DueCrl due) {
        long begin = around.nanos().getAsLong();
        try {
            Optional<PublishedCrl> published = publication.publish(due.planned(), due.last(), due.occasion());
            Duration took = Duration.ofNanos(around.nanos().getAsLong() - begin);
            return published
                    .<CrlOutcome>map(crl -> new CrlOutcome.Published(crl, took))
                    .orElseGet(() -> new CrlOutcome.Overtaken(due.scope()));
        } catch (IOException | RuntimeException e) {
            LOG.debug("CRL {} was not published", due.scope(), e);
            return new CrlOutcome.Failed(due.scope(), reason(e));
        }
    }

    private void finish(PublishedCrl crl) {
        try {
            publication.finish(crl, () -> !outdated.contains(crl.scope()));
        } catch (IOException | RuntimeException e) {
            LOG.info("CRL {} is published, and not compressed: {}", crl.scope(), reason(e));
        }
    }

    /** What the workers have to say is heard by the one thread that looks. */
    private void tell(Runnable what) {
        news.add(what);
        around.awaken().run();
    }

    private void hear() {
        for (Runnable next = news.poll(); next != null; next = news.poll()) {
            next.run();
        }
    }

    private void ended(CrlOutcome outcome) {
        book.note(outcome, clock.instant());
        switch (outcome) {
            case CrlOutcome.Published(var crl, var took) -> {
                mirror.shown(crl);
                finishing.add(crl.scope());
                around.events().published(crl, took);
            }
            case CrlOutcome.Failed(var scope, var reason) -> around.events().failed(scope + ": " + reason);
            case CrlOutcome.Overtaken(var scope) -> LOG.info("another process published CRL {} meanwhile", scope);
        }
        CompletableFuture<CrlOutcome> waiting = asked.remove(outcome.scope());
        if (waiting != null) {
            waiting.complete(outcome);
        }
    }

    private void complain() {
        Optional<String> trouble = book.trouble();
        if (trouble.isPresent() && !failing) {
            LOG.error(
                    "CRLs cannot be published; the ones before stay, and it is tried until it works: {}",
                    trouble.get());
        } else if (trouble.isEmpty() && failing) {
            LOG.info("CRLs are published again");
        }
        failing = trouble.isPresent();
    }

    private static String reason(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof IOException ? cause.getClass().getSimpleName() + " " + message : message;
    }
}
