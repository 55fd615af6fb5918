package dev.nameplate.ca.factory;

/** What a key that is made here is wrapped for. */
public enum Protection {
    /** No key is made here. */
    NONE,

    /** The key-encryption key of the batch and station (RFC 5958 with AES-256 key wrap with padding). */
    KEY_ENCRYPTION_KEY
}
