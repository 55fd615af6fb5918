package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.approval.PendingRequest;
import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.PendingRequestRecord;
import java.util.Optional;

/** Between rows and words, for requests that wait. */
final class PendingRows {
    private PendingRows() {}

    static PendingRequestRecord row(PendingRequest request) {
        PendingRequest.Asked asked = request.asked();
        var row = new PendingRequestRecord();
        row.setId(request.id().value());
        row.setRequest(request.request().octets());
        row.setState(request.state().name());
        row.setDevice(asked.device().value());
        row.setLabel(asked.label().value());
        row.setProfile(asked.profile().value());
        row.setCredential(asked.credential());
        row.setPurpose(asked.purpose().name());
        row.setKeyHash(asked.keyHash().octets());
        row.setFacts(Facts.write(asked.facts()));
        row.setAskedAt(Rows.asStored(request.askedAt()));
        row.setExpiresAt(Rows.asStored(request.expiresAt()));
        return row;
    }

    static PendingRequest request(PendingRequestRecord row) {
        return new PendingRequest(
                new PendingId(row.getId()),
                Sha256.fromOctets(row.getRequest()),
                PendingRequest.State.valueOf(row.getState()),
                asked(row),
                row.getAskedAt(),
                row.getExpiresAt(),
                word(row),
                Optional.ofNullable(row.getSerial()).map(Certificates::serial));
    }

    private static PendingRequest.Asked asked(PendingRequestRecord row) {
        return new PendingRequest.Asked(
                new DeviceId(row.getDevice()),
                new LabelName(row.getLabel()),
                new ProfileName(row.getProfile()),
                row.getCredential(),
                Purpose.valueOf(row.getPurpose()),
                Sha256.fromOctets(row.getKeyHash()),
                Facts.read(row.getFacts()));
    }

    private static Optional<PendingRequest.Word> word(PendingRequestRecord row) {
        return Optional.ofNullable(row.getDecidedBy())
                .map(by -> new PendingRequest.Word(
                        new Actor(by), row.getDecidedAt(), Optional.ofNullable(row.getReason())));
    }
}
