package dev.nameplate.ca.rotation;

import java.util.List;

/** Hears how the horizons stand. */
@FunctionalInterface
public interface HorizonListener {
    /**
     * @param all every horizon
     * @param nearer those whose alarm was not raised before
     */
    void looked(List<Horizon> all, List<Horizon> nearer);
}
