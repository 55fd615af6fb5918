package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.NewCertificate;
import java.util.Optional;

/**
 * What was signed for a unit, and goes into the records with it.
 *
 * @param event tells that it was issued
 * @param wrapped its key, if that was made here
 */
public record FreshCertificate(
        NewCertificate certificate, AuditEvent event, UnitCertificate unit, Optional<KeyPackage> wrapped) {}
