package dev.nameplate.hsm;

import java.time.Duration;

/** What a test signature showed. */
public sealed interface VaultHealth {
    /**
     * It signed, and the signature verifies.
     *
     * @param took how long the test signature took, waiting for a session included
     */
    record Healthy(Duration took) implements VaultHealth {}

    /**
     * It did not.
     *
     * @param reason why not; its message may be shown to an operator
     */
    record Unhealthy(VaultException reason) implements VaultHealth {}
}
