package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.ENROLMENT_CODE;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.SerialTakenException;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import dev.nameplate.schema.generated.tables.records.KeyOwnerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records the certificates of one group: reads what there is about all of them, decides one after the other in memory, and
 * writes what is new. Nobody else writes meanwhile, so what was read stays true and no constraint is violated.
 */
final class Recordings {
    private final Writing writing;
    private final RecordedFacts facts;
    private final List<CertificateRecord> certificates = new ArrayList<>();
    private final List<KeyOwnerRecord> keyOwners = new ArrayList<>();
    private final Map<CodeId, Instant> codes = new LinkedHashMap<>();

    private Recordings(Writing writing, RecordedFacts facts) {
        this.writing = writing;
        this.facts = facts;
    }

    /** @return what answers each, once the group is durable */
    static List<Runnable> apply(Writing writing, List<Task.Recorded> tasks) {
        var recordings = new Recordings(writing, RecordedFacts.about(tasks, writing.sql()));
        List<Runnable> answers = tasks.stream().map(recordings::decide).toList();
        recordings.write();
        return answers;
    }

    private Runnable decide(Task.Recorded task) {
        NewCertificate added = task.certificate();
        Sha256 key = Sha256.fromOctets(task.row().getKeyHash());
        Optional<Holder> owner = facts.ownerOf(key);
        if (owner.isPresent() && !owner.get().equals(added.holder())) {
            return () -> task.answer().complete(new Recording.KeyTaken());
        }
        Optional<IssuedCertificate> before = facts.answerTo(task);
        if (before.isPresent()) {
            return () -> task.answer().complete(new Recording.AnsweredBefore(before.get()));
        }
        if (added.credential() instanceof Credential.Code(var code) && !facts.isOpen(code)) {
            return () -> task.answer().complete(new Recording.CodeSpent());
        }
        if (facts.isTaken(task.row())) {
            return () -> task.fail(new SerialTakenException(added.certificate().serial()));
        }
        Optional<Device.State> inactivity = facts.inactivity(added.holder());
        if (inactivity.isPresent()) {
            return () -> task.answer().complete(new Recording.DeviceNotActive(inactivity.get()));
        }
        IssuedCertificate issued = add(task, key, owner);
        return () -> task.answer().complete(new Recording.Recorded(issued));
    }

    private IssuedCertificate add(Task.Recorded task, Sha256 key, Optional<Holder> owner) {
        NewCertificate added = task.certificate();
        if (owner.isEmpty()) {
            keyOwners.add(Keyholders.row(key, added.holder(), task.event().at()));
        }
        if (added.credential() instanceof Credential.Code(var code)) {
            codes.put(code, Rows.asStored(task.event().at()));
        }
        certificates.add(task.row());
        writing.append(task.event());
        var issued = new IssuedCertificate(
                added.certificate(),
                added.issuer(),
                added.profile(),
                added.holder(),
                added.label(),
                added.round(),
                new Standing.Good(),
                Optional.empty());
        facts.remember(task, key, issued);
        return issued;
    }

    private void write() {
        Batches.insert(writing.sql(), KEY_OWNER, keyOwners);
        Batches.insert(writing.sql(), CERTIFICATE, certificates);
        codes.forEach((code, at) -> writing.sql()
                .update(ENROLMENT_CODE)
                .set(ENROLMENT_CODE.USED_AT, at)
                .where(ENROLMENT_CODE.ID.eq(code.value()))
                .execute());
    }
}
