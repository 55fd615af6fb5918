package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with a CRL that there has to be.
 *
 * @param newest what was recorded last; nothing if it never was
 * @param due when the next is published on schedule
 * @param trouble why the last attempt failed, until one succeeds
 */
public record CrlState(CrlScope scope, Optional<PublishedCrl> newest, Instant due, Optional<String> trouble) {}
