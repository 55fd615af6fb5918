package dev.nameplate.ca.rotation;

/** The keys that the CA replaces by itself, and on an operator's word at once. */
public enum KeyKind {
    /** Of the responders, of every issuer generation. */
    OCSP,
    /** Of the doors of the process that is asked. */
    TLS,
    /** That seals the audit trail. */
    AUDIT,
    /** That signs messages to devices. */
    MESSAGES,
    /** That wrap the keys of units, of batches that are open. */
    KEK
}
