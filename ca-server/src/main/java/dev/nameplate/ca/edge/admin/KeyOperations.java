package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.rotation.KeyChanges;
import dev.nameplate.ca.rotation.KeyInventory;
import dev.nameplate.ca.rotation.KeyKind;
import java.util.List;
import java.util.Optional;

/** Keys: list, rotate. */
final class KeyOperations {
    private static final String GROUP = "keys";

    private final KeyInventory keys;
    private final KeyChanges changes;

    KeyOperations(KeyInventory keys, KeyChanges changes) {
        this.keys = keys;
        this.changes = changes;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/keys")
                        .called("listKeys", "Lists every key of this CA, with its purpose, age and next rotation.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Keys.", Page.class, KeyView.class), this::list),
                Operation.post(GROUP, "/api/v1/keys/{kind}/rotation")
                        .called("rotateKeys", "Replaces keys of the CA's own now; doors', of the server that is asked.")
                        .with(Parameter.path("kind", KeyKind.class, "which keys"))
                        .refusing(409)
                        .adminAnd()
                        .answers(
                                Reply.json("The purposes whose new keys are in use.", RotatedKeys.class),
                                this::rotate));
    }

    private Result list(Call call) {
        List<KeyView> all =
                keys.all().stream().map(key -> KeyView.of(key, keys.now())).toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }

    private Result rotate(Call call) {
        KeyKind kind = call.path("kind", KeyKind.class);
        KeyChanges.Changed changed = changes.change(kind, call.cause());
        return changed.troubles().isEmpty()
                ? new Result.Done(new RotatedKeys(changed.purposes()))
                : new Result.Refused(new Refusal.NotPossibleNow(
                        "rotation of " + Words.of(KeyKind.class).show().apply(kind),
                        String.join("; ", changed.troubles())));
    }
}
