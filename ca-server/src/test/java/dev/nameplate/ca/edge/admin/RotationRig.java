package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.rotation.Horizons;
import dev.nameplate.ca.rotation.KeyChanges;
import dev.nameplate.ca.rotation.KeyInventory;
import dev.nameplate.ca.rotation.ServiceKeys;
import dev.nameplate.ca.testkit.MemoryServiceKeys;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.hsm.KeyVault;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Horizons and keys for the operator API. */
final class RotationRig {
    private static final InstantSource CLOCK = InstantSource.system();

    private RotationRig() {}

    static AdminServices.Rotation of(MemoryStore store, Authorities authorities, KeyVault vault) {
        var horizons = new Horizons(authorities, SampleProfiles.all(), _ -> List.of(), CLOCK, (_, _) -> {});
        var keys = new ServiceKeys(vault, new MemoryServiceKeys(store.audit()), CLOCK);
        return new AdminServices.Rotation(
                horizons,
                new KeyInventory(
                        vault, authorities, keys, horizons, new KeyInventory.Holdings(List::of, List::of, List::of)),
                (kind, _) -> new KeyChanges.Changed(List.of(kind.name().toLowerCase(Locale.ROOT)), List.of()));
    }
}
