package dev.nameplate.ca.rotation;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The keys in the token with which the CA signs for itself: made, replaced and destroyed here. A key is in the token before it is
 * on record, and off the token before its end is on record; so whatever was cut off is found again by the key's label, and goes
 * on where it was.
 */
public final class ServiceKeys {
    /** Until every process has gone over to the next key. */
    static final Duration KEPT = Duration.ofDays(1);

    private final KeyVault vault;
    private final ServiceKeyBook book;
    private final InstantSource clock;
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    public ServiceKeys(KeyVault vault, ServiceKeyBook book, InstantSource clock) {
        this.vault = vault;
        this.book = book;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    public List<ServiceKey> list() {
        return book.list();
    }

    /** The key that signs for this purpose, if one was made. */
    public Optional<ServiceKey> active(String purpose) {
        return of(purpose).filter(key -> key.state() == ServiceKey.State.ACTIVE).findFirst();
    }

    /** The key that signs for this purpose: made if there is none, or if the token lost it; replaced if it is over its time. */
    public ServiceKey current(String purpose, KeySpec spec, Duration period) {
        Optional<ServiceKey> active = active(purpose);
        if (active.isEmpty()) {
            return next(purpose, spec, Cause.SYSTEM);
        }
        boolean over = !clock.instant().isBefore(active.get().madeAt().plus(period));
        return over || !isThere(active.get()) ? next(purpose, spec, Cause.SYSTEM) : active.get();
    }

    /** A new key for this purpose, which signs from the next time on that its user looks. */
    public ServiceKey next(String purpose, KeySpec spec, Cause cause) {
        Optional<ServiceKey> before = of(purpose).max(Comparator.comparingInt(ServiceKey::number));
        int number = before.map(ServiceKey::number).orElse(0) + 1;
        VaultKey key = foundOrMade(label(purpose, number), spec);
        Instant now = clock.instant();
        var made = new ServiceKey(purpose, number, key.uri().toString(), ServiceKey.State.ACTIVE, now, now);
        Map<String, String> facts = Map.of(
                "key", made.keyUri(), "before", before.map(ServiceKey::keyUri).orElse(""));
        boolean first = book.succeed(
                made, cause.event(now, before.isEmpty() ? "key.made" : "key.rotated", "key:" + made.name(), facts));
        return first ? made : active(purpose).orElseThrow();
    }

    /** Its user signs with this key, and so with none before it. */
    public void uses(ServiceKey key) {
        inUse.add(key.name());
    }

    /**
     * Destroys the keys that were retired a while ago, of purposes whose next key is in use. One in a token that the settings name no
     * more is left alone: nobody can say whether it is gone.
     */
    public void destroyRetired() {
        Instant now = clock.instant();
        for (ServiceKey key : book.list()) {
            if (key.state() == ServiceKey.State.RETIRED
                    && !now.isBefore(key.since().plus(KEPT))
                    && isReachable(key)
                    && active(key.purpose())
                            .map(ServiceKey::name)
                            .filter(inUse::contains)
                            .isPresent()) {
                destroy(key, now);
            }
        }
    }

    /** Destroys every key of a purpose that there is no need for any more. */
    public void end(String purpose) {
        Instant now = clock.instant();
        of(purpose).filter(key -> key.state() != ServiceKey.State.DESTROYED).forEach(key -> {
            remove(key);
            book.ended(key.in(ServiceKey.State.DESTROYED, now), destroyed(key, now));
        });
    }

    private void destroy(ServiceKey key, Instant now) {
        remove(key);
        book.destroyed(key.in(ServiceKey.State.DESTROYED, now), destroyed(key, now));
    }

    private void remove(ServiceKey key) {
        if (isThere(key)) {
            vault.destroy(KeyUri.parse(key.keyUri()));
        }
    }

    /** Not in a token either that the settings name no more. */
    private boolean isThere(ServiceKey key) {
        return isReachable(key) && vault.find(KeyUri.parse(key.keyUri())).isPresent();
    }

    private boolean isReachable(ServiceKey key) {
        return vault.reaches(KeyUri.parse(key.keyUri()).token().label());
    }

    private static AuditEvent destroyed(ServiceKey key, Instant now) {
        return Cause.SYSTEM.event(now, "key.destroyed", "key:" + key.name(), Map.of("key", key.keyUri()));
    }

    private VaultKey foundOrMade(String label, KeySpec spec) {
        return vault.list().stream()
                .filter(key -> key.uri().object().equals(Optional.of(label)))
                .filter(key -> key.spec() == spec)
                .min(Comparator.comparing(key -> key.uri().toString()))
                .orElseGet(() -> vault.generate(spec, label));
    }

    private Stream<ServiceKey> of(String purpose) {
        return book.list().stream().filter(key -> key.purpose().equals(purpose));
    }

    /** As in {@code audit}, then {@code audit-k2}. */
    static String label(String purpose, int number) {
        return number == 1 ? purpose : purpose + "-k" + number;
    }
}
