package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A trail that a test may write, seal and spoil. */
final class Trail implements AuditLog {
    final MutableClock clock = MutableClock.started();
    final Party root = Recipe.ca("CN=root").selfSigned();
    final Party issuer = Recipe.ca("CN=issuer").by(root);
    final Party auditor =
            Recipe.leaf("CN=audit").purpose(AuditCertificates.PURPOSE).by(issuer);
    final List<AuditEntry> entries = new ArrayList<>();
    final List<AuditSeal> seals = new ArrayList<>();
    private final AuditChain chain = new AuditChain();

    /** {@code entries} entries, a seal after each {@code sealEvery} of them. */
    static Trail of(int entries, int sealEvery) {
        Trail trail = new Trail();
        for (int i = 1; i <= entries; i++) {
            trail.write("device.registered", Map.of("n", String.valueOf(i)));
            if (i % sealEvery == 0) {
                trail.sealer().sealNow();
            }
        }
        return trail;
    }

    void write(String action, Map<String, String> facts) {
        clock.advance(Duration.ofSeconds(1));
        var event = new AuditEvent(
                clock.instant(),
                action,
                Actor.SYSTEM,
                "device:sensor-17",
                Optional.of(new RequestId("0123456789abcdef")),
                facts);
        entries.add(chain.link(last(), event));
    }

    AuditSealer sealer() {
        return new AuditSealer(this, auditor::sign, auditor.certificate(), clock);
    }

    AuditCertificates certificates() {
        return new AuditCertificates(List.of(auditor.certificate(), issuer.certificate(), root.certificate()));
    }

    AuditVerdict verify() {
        return new AuditVerifier(this, this::certificates).verify();
    }

    /** Changes the event of one entry and nothing else. */
    void alter(int number, UnaryOperator<AuditEvent> change) {
        AuditEntry old = entries.get(number - 1);
        entries.set(number - 1, new AuditEntry(old.number(), change.apply(old.event()), old.previous(), old.hash()));
    }

    /** Changes the event of one entry and makes every hash after it right again. */
    void rewrite(int number, UnaryOperator<AuditEvent> change) {
        alter(number, change);
        for (int i = number - 1; i < entries.size(); i++) {
            Optional<AuditEntry> before = i == 0 ? Optional.empty() : Optional.of(entries.get(i - 1));
            entries.set(i, chain.link(before, entries.get(i).event()));
        }
    }

    @Override
    public List<AuditEntry> entriesAfter(long after, int limit) {
        return entries.stream().filter(e -> e.number() > after).limit(limit).toList();
    }

    @Override
    public Optional<AuditEntry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    @Override
    public List<AuditSeal> sealsAfter(long after, int limit) {
        return seals.stream().filter(s -> s.number() > after).limit(limit).toList();
    }

    @Override
    public void seal(AuditSeal seal) {
        seals.add(seal);
    }
}
