package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.ENROLMENT_CODE;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
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
        Recordings recordings = about(tasks, writing);
        List<Runnable> answers = tasks.stream().map(recordings::answer).toList();
        recordings.write();
        return answers;
    }

    /** To be decided on one after the other, and then written. */
    static Recordings about(List<Task.Recorded> tasks, Writing writing) {
        return new Recordings(writing, RecordedFacts.about(tasks, writing.sql()));
    }

    private Runnable answer(Task.Recorded task) {
        try {
            Recording outcome = decide(task);
            return () -> task.answer().complete(outcome);
        } catch (SerialTakenException taken) {
            return () -> task.fail(taken);
        }
    }

    /** The newest certificate that was recorded for the very request, if there is one. */
    Optional<IssuedCertificate> before(Task.Recorded task) {
        return facts.newestAnswerTo(task);
    }

    /** @throws SerialTakenException if its serial is another's */
    Recording decide(Task.Recorded task) {
        NewCertificate added = task.certificate();
        Sha256 key = Sha256.fromOctets(task.row().getKeyHash());
        Optional<Holder> owner = facts.ownerOf(key);
        if (owner.isPresent() && !owner.get().equals(added.holder())) {
            return new Recording.KeyTaken();
        }
        Optional<IssuedCertificate> before = facts.answerTo(task);
        if (before.isPresent()) {
            return new Recording.AnsweredBefore(before.get());
        }
        if (added.credential() instanceof Credential.Code(var code) && !facts.isOpen(code)) {
            return new Recording.CodeSpent();
        }
        if (facts.isTaken(task.row())) {
            throw new SerialTakenException(added.certificate().serial());
        }
        return facts.inactivity(added.holder())
                .<Recording>map(Recording.DeviceNotActive::new)
                .orElseGet(() -> new Recording.Recorded(add(task, key, owner)));
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

    void write() {
        Batches.insert(writing.sql(), KEY_OWNER, keyOwners);
        Batches.insert(writing.sql(), CERTIFICATE, certificates);
        codes.forEach((code, at) -> writing.sql()
                .update(ENROLMENT_CODE)
                .set(ENROLMENT_CODE.USED_AT, at)
                .where(ENROLMENT_CODE.ID.eq(code.value()))
                .execute());
    }
}
