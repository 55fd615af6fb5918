package dev.nameplate.ca.crl;

import dev.nameplate.ca.lease.Leases;
import java.util.Optional;

/**
 * What publishing reads and writes.
 *
 * @param pieces only where several processes publish what one of them made
 */
public record CrlRecords(
        CrlRegister register, RevokedCertificates revoked, Optional<CrlPieces> pieces, Leases leases) {}
