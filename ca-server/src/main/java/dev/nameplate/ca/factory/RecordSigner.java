package dev.nameplate.ca.factory;

/** Signs a record so that it can be verified with nothing else: {@link dev.nameplate.ca.audit.SignedRecords}. */
@FunctionalInterface
public interface RecordSigner {
    byte[] sign(byte[] content);
}
