package dev.nameplate.ca.edge.distribution;

import java.time.Instant;

/** @param tag the entity tag, quotes included */
record PublicFile(String contentType, byte[] content, String tag, Instant modified) {}
