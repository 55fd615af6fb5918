package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.Sha256;

/** @param sha256 of the whole file */
public record CrlContent(long entries, long octets, Sha256 sha256) {}
