package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.adoption.AdoptedSerials;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.AuditVerifier;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.crl.CrlPublisher;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.renewal.Pulls;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.revocation.bulk.Plans;
import dev.nameplate.ca.rotation.Horizons;
import dev.nameplate.ca.rotation.KeyChanges;
import dev.nameplate.ca.rotation.KeyInventory;
import java.util.List;
import java.util.stream.Stream;

/** What the operator API offers, as far as it is features of the CA. */
public record AdminServices(
        Registry registry,
        Certificates certificates,
        Rotation rotation,
        Operators operators,
        NewOperators newOperators,
        FactoryServices factory,
        Trail trail) {

    /** Devices, their codes, what they showed of their keys, and when they are called to renew. */
    public record Registry(Devices devices, Codes codes, EvidenceArchive evidence, Pulls pulls) {}

    /** Certificates, their issuers, and what these say of them. */
    public record Certificates(
            CertificateLedger ledger,
            AdoptedSerials adopted,
            Revocations revocations,
            Plans plans,
            Approvals approvals,
            IssuerRegistry issuers,
            Generations generations,
            CrlPublisher crls) {}

    /** @param follow has this process take over what was changed about issuers */
    public record Generations(dev.nameplate.ca.authority.Rotation rotation, Runnable follow) {}

    /** What changes with time. */
    public record Rotation(Horizons horizons, KeyInventory keys, KeyChanges changes) {}

    /** The audit trail. */
    public record Trail(AuditLog log, AuditVerifier verifier, AuditExport export) {}

    List<Operation> operations() {
        return Stream.of(
                        new DeviceOperations(registry.devices(), certificates.revocations()).all(),
                        new CodeOperations(registry.codes()).all(),
                        new PullOperations(registry.pulls()).all(),
                        new EvidenceOperations(registry.evidence()).all(),
                        new CertificateOperations(
                                        certificates.ledger(), certificates.adopted(), certificates.revocations())
                                .all(),
                        new PlanOperations(certificates.plans()).all(),
                        new ApprovalOperations(certificates.plans(), certificates.approvals()).all(),
                        new IssuerOperations(certificates.issuers()).all(),
                        new RotationOperations(
                                        certificates.generations().rotation(),
                                        certificates.generations().follow())
                                .all(),
                        new HorizonOperations(rotation.horizons()).all(),
                        new KeyOperations(rotation.keys(), rotation.changes()).all(),
                        new CrlOperations(certificates.crls()).all(),
                        new OperatorOperations(operators, newOperators, certificates.issuers()).all(),
                        factory.operations(),
                        new AuditOperations(trail.log(), trail.verifier(), trail.export()).all())
                .flatMap(List::stream)
                .toList();
    }
}
