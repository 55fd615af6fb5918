package dev.nameplate.ca.canary;

import java.time.Duration;
import java.time.Instant;

/** What came of one flight. */
public sealed interface Flight {
    Instant at();

    /**
     * @param ocsp from the word that it is revoked to the first OCSP answer that said so
     * @param crl the same to the first CRL that listed it
     */
    record Landed(Instant at, Duration ocsp, Duration crl) implements Flight {}

    /** @param why one line */
    record Lost(Instant at, String why) implements Flight {}
}
