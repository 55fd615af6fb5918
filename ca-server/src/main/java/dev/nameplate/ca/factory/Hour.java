package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;

/** What a station did for a batch in an hour. */
public record Hour(OperatorName station, Instant from, Tally tally) {}
