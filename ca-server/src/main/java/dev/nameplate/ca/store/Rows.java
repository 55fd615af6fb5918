package dev.nameplate.ca.store;

import static java.util.Objects.requireNonNull;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditSeal;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.AuditEntryRecord;
import dev.nameplate.schema.generated.tables.records.AuditSealRecord;
import dev.nameplate.schema.generated.tables.records.DeviceRecord;
import dev.nameplate.schema.generated.tables.records.EnrolmentCodeRecord;
import dev.nameplate.schema.generated.tables.records.OperatorRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between rows and words, for everything but certificates. */
final class Rows {
    private Rows() {}

    /** Columns have microseconds, and would round. */
    static Instant asStored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable Instant asStored(Optional<Instant> time) {
        return time.map(Rows::asStored).orElse(null);
    }

    static AuditEvent asStored(AuditEvent event) {
        return new AuditEvent(
                asStored(event.at()), event.action(), event.actor(), event.subject(), event.request(), event.facts());
    }

    static boolean isAt(AuditEntry entry, long number, byte @Nullable [] hash) {
        return entry.number() == number && Arrays.equals(entry.hash().octets(), hash);
    }

    static AuditEntryRecord of(AuditEntry entry) {
        AuditEvent event = entry.event();
        var row = new AuditEntryRecord();
        row.setNumber(entry.number());
        row.setAt(event.at());
        row.setAction(event.action());
        row.setActor(event.actor().value());
        row.setSubject(event.subject());
        row.setRequest(event.request().map(RequestId::value).orElse(null));
        row.setFacts(Facts.write(event.facts()));
        row.setPrevious(entry.previous().octets());
        row.setHash(entry.hash().octets());
        return row;
    }

    static AuditEntry auditEntry(AuditEntryRecord row) {
        var event = new AuditEvent(
                row.getAt(),
                row.getAction(),
                new Actor(row.getActor()),
                row.getSubject(),
                Optional.ofNullable(row.getRequest()).map(RequestId::new),
                Facts.read(row.getFacts()));
        return new AuditEntry(
                row.getNumber(), event, Sha256.fromOctets(row.getPrevious()), Sha256.fromOctets(row.getHash()));
    }

    static AuditSeal auditSeal(AuditSealRecord row) {
        return new AuditSeal(
                row.getNumber(),
                Sha256.fromOctets(row.getHash()),
                row.getAt(),
                Sha256.fromOctets(row.getSigner()),
                row.getSignature());
    }

    static Device device(DeviceRecord row) {
        return new Device(
                new DeviceId(row.getId()),
                Device.State.valueOf(row.getState()),
                Facts.read(row.getAttributes()),
                row.getRegisteredAt());
    }

    static EnrolmentCode enrolmentCode(EnrolmentCodeRecord row) {
        return new EnrolmentCode(
                new CodeId(row.getId()),
                new DeviceId(row.getDevice()),
                Optional.ofNullable(row.getLabel()).map(LabelName::new),
                new EnrolmentCode.CodeHash(
                        row.getSalt(),
                        Sha256.fromOctets(row.getHash()),
                        Optional.ofNullable(row.getDigestSecret()).map(Sha256::fromOctets)),
                row.getCreatedAt(),
                row.getExpiresAt(),
                Optional.ofNullable(row.getUsedAt()),
                Optional.ofNullable(row.getCancelledAt()));
    }

    static Operator operator(OperatorRecord row) {
        return new Operator(
                new OperatorName(row.getName()),
                Arrays.stream(requireNonNull(row.getRoles()).split(",", -1))
                        .map(Role::parse)
                        .collect(Collectors.toSet()),
                row.getAddedAt(),
                Optional.ofNullable(row.getRemovedAt()));
    }
}
