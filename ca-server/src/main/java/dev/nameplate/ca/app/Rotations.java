package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.rotation.KeyChanges;
import dev.nameplate.ca.rotation.KeyInventory;
import dev.nameplate.ca.rotation.KeyKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys and certificates of the CA's own, kept young: looked after by itself, and changed at once on an operator's word. */
final class Rotations implements KeyChanges {
    private final Core core;
    private final RotationWatch watch;
    private final AuditKeys audit;
    private final Optional<MessageKeys> messages;
    private final ResponderKeys responders;
    private final Doors doors;
    private final KekRotations keks;
    private final KeyInventory inventory;

    /** Whose keys are looked after elsewhere, and changed here. */
    record Others(ResponderKeys responders, Doors doors, KekRotations keks) {}

    Rotations(Core core, HorizonDuty horizons, Others others, RotationWatch watch) {
        this.core = core;
        this.watch = watch;
        this.audit = new AuditKeys(core, watch);
        this.messages = core.settings().profiles().find(MessageKeys.PROFILE).map(_ -> new MessageKeys(core, watch));
        this.responders = others.responders();
        this.doors = others.doors();
        this.keks = others.keks();
        this.inventory = new KeyInventory(
                core.vault(),
                core.authorities(),
                core.ownKeys(),
                horizons.horizons(),
                new KeyInventory.Holdings(this::keys, doors::keys, keks::entries));
    }

    AuditKeys audit() {
        return audit;
    }

    /** Nothing if the settings have no profile for it. */
    Optional<MessageKeys> messages() {
        return messages;
    }

    KeyInventory inventory() {
        return inventory;
    }

    /** Renews what is due, and destroys what was replaced a while ago. OCSP's keys are renewed more often, by themselves. */
    void turn() {
        audit.key().renew();
        messages.map(MessageKeys::key).filter(key -> key.held().isPresent()).ifPresent(OwnKey::renew);
        doors.renewCertificates(watch);
        core.ownKeys().destroyRetired();
    }

    @Override
    public Changed change(KeyKind kind, Cause cause) {
        return kind == KeyKind.KEK ? keks.change(cause) : changeOwn(kind, cause);
    }

    private Changed changeOwn(KeyKind kind, Cause cause) {
        List<String> purposes = switch (kind) {
            case OCSP -> {
                List<OwnKey> keys = responders.keys();
                keys.forEach(key -> succeed(key, cause));
                responders.renew();
                yield purposes(keys);
            }
            case AUDIT -> changed(audit.key(), cause);
            case MESSAGES ->
                messages.map(MessageKeys::key).map(key -> changed(key, cause)).orElse(List.of());
            case TLS -> doors.changeCertificates(watch);
            case KEK -> List.of();
        };
        return new Changed(
                purposes.stream().filter(purpose -> trouble(purpose).isEmpty()).toList(),
                purposes.stream().flatMap(purpose -> trouble(purpose).stream()).toList());
    }

    private List<String> changed(OwnKey key, Cause cause) {
        succeed(key, cause);
        key.renew();
        return List.of(key.purpose());
    }

    private void succeed(OwnKey key, Cause cause) {
        core.ownKeys().next(key.purpose(), key.spec(), cause);
    }

    private Optional<String> trouble(String purpose) {
        return watch.troubleOf(purpose).map(why -> purpose + ": " + why);
    }

    private List<OwnKey> keys() {
        return Stream.of(Stream.of(audit.key()), messages.map(MessageKeys::key).stream(), responders.keys().stream())
                .flatMap(keys -> keys)
                .toList();
    }

    private static List<String> purposes(List<OwnKey> keys) {
        return keys.stream().map(OwnKey::purpose).toList();
    }
}
