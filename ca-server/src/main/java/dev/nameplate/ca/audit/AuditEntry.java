package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;

/**
 * An event at its place in the chain.
 *
 * @param number counted from 1 without gaps
 * @param previous the hash of the entry before it; 32 zero octets for the first
 * @param hash over the number, the previous hash and the event
 */
public record AuditEntry(long number, AuditEvent event, Sha256 previous, Sha256 hash) {}
