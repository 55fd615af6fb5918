package dev.nameplate.ca.factory;

import java.time.Instant;

/** Signs a record so that it can be verified with nothing else: {@link dev.nameplate.ca.audit.Statements}. */
@FunctionalInterface
public interface RecordSigner {
    byte[] sign(byte[] content, Instant at);
}
