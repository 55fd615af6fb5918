package dev.nameplate.hsm;

import java.time.Duration;

/** Hears what happens to a vault, for metrics and alarms. Called on the vault's own threads: must be quick and must not throw. */
public interface VaultListener {
    VaultListener SILENT = new VaultListener() {};

    /** A signature was made; the time is the token's and ours, without the wait for a session. */
    default void signed(Duration took) {}

    /** The token went away. Said once per outage. */
    default void lost(String reason) {}

    /** The token is back; the outage lasted this long, from the first failed call on. */
    default void recovered(Duration outage) {}
}
