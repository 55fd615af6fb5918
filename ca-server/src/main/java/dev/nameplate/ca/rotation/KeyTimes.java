package dev.nameplate.ca.rotation;

import java.time.Instant;
import java.util.Optional;

/**
 * A key in time.
 *
 * @param madeAt when it was made, or first seen
 * @param next when it is replaced, or for an issuer's key when it should be; absent if never
 * @param certificateEnds when its certificate ends; absent if it has none
 */
public record KeyTimes(Instant madeAt, Optional<Instant> next, Optional<Instant> certificateEnds) {}
