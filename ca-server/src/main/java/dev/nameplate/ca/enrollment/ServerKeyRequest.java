package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.RequestId;

/**
 * A device's wish for a key (RFC 7030, 4.4.1).
 *
 * @param csr its key and signature mean nothing
 * @param envelope seals with the algorithms the request lists
 */
public record ServerKeyRequest(Csr csr, Decryption decryption, Envelope envelope, RequestId id) {}
