package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.ENROLMENT_CODE;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** What is recorded about the certificates of one group, and what the group adds to it as it goes. */
final class RecordedFacts {
    private final Map<Sha256, Holder> owners = new HashMap<>();
    private final Map<Sha256, TreeMap<Integer, IssuedCertificate>> answers = new HashMap<>();
    private final Set<SerialOfIssuer> serials = new HashSet<>();
    private final Set<CodeId> openCodes = new HashSet<>();
    private final Map<Holder, Device.State> inactive = new HashMap<>();

    /** @param issuer with the generation */
    private record SerialOfIssuer(String issuer, Sha256 serial) {
        static SerialOfIssuer of(CertificateRecord row) {
            return new SerialOfIssuer(row.getIssuer() + "/" + row.getGeneration(), Sha256.of(row.getSerial()));
        }
    }

    static RecordedFacts about(List<Task.Recorded> tasks, DSLContext sql) {
        var facts = new RecordedFacts();
        if (tasks.isEmpty()) {
            return facts;
        }
        facts.readOwners(octets(tasks, CertificateRecord::getKeyHash), sql);
        facts.readAnswers(octets(tasks, CertificateRecord::getRequest), sql);
        facts.readSerials(octets(tasks, CertificateRecord::getSerial), sql);
        facts.readCodes(tasks, sql);
        facts.readInactive(tasks, sql);
        return facts;
    }

    Optional<Holder> ownerOf(Sha256 key) {
        return Optional.ofNullable(owners.get(key));
    }

    /** The answer to the same round of the same request; a code has one round only. */
    Optional<IssuedCertificate> answerTo(Task.Recorded task) {
        TreeMap<Integer, IssuedCertificate> rounds =
                answers.get(Sha256.fromOctets(task.row().getRequest()));
        if (rounds == null) {
            return Optional.empty();
        }
        return task.certificate().credential() instanceof Credential.Code
                ? Optional.of(rounds.lastEntry().getValue())
                : Optional.ofNullable(rounds.get(task.certificate().round()));
    }

    /** Of whatever round. */
    Optional<IssuedCertificate> newestAnswerTo(Task.Recorded task) {
        return Optional.ofNullable(answers.get(Sha256.fromOctets(task.row().getRequest())))
                .map(rounds -> rounds.lastEntry().getValue());
    }

    /** @return how it is instead, if this is a device that is not active */
    Optional<Device.State> inactivity(Holder holder) {
        return Optional.ofNullable(inactive.get(holder));
    }

    boolean isOpen(CodeId code) {
        return openCodes.contains(code);
    }

    boolean isTaken(CertificateRecord row) {
        return serials.contains(SerialOfIssuer.of(row));
    }

    void remember(Task.Recorded task, Sha256 key, IssuedCertificate issued) {
        owners.put(key, issued.holder());
        answer(task.row().getRequest(), issued);
        serials.add(SerialOfIssuer.of(task.row()));
        if (task.certificate().credential() instanceof Credential.Code(var code)) {
            openCodes.remove(code);
        }
    }

    private void answer(byte[] request, IssuedCertificate issued) {
        answers.computeIfAbsent(Sha256.fromOctets(request), _ -> new TreeMap<>())
                .put(issued.round(), issued);
    }

    private void readOwners(List<byte[]> keys, DSLContext sql) {
        sql.selectFrom(KEY_OWNER)
                .where(KEY_OWNER.KEY_HASH.in(keys))
                .forEach(row -> owners.put(Sha256.fromOctets(row.getKeyHash()), Keyholders.holder(row)));
    }

    private void readAnswers(List<byte[]> requests, DSLContext sql) {
        Certificates.select(sql)
                .where(CERTIFICATE.REQUEST.in(requests))
                .forEach(row -> answer(row.get(CERTIFICATE.REQUEST), Certificates.issued(row)));
    }

    private void readSerials(List<byte[]> drawn, DSLContext sql) {
        sql.select(CERTIFICATE.SERIAL, CERTIFICATE.ISSUER, CERTIFICATE.GENERATION)
                .from(CERTIFICATE)
                .where(CERTIFICATE.SERIAL.in(drawn))
                .forEach(row -> serials.add(SerialOfIssuer.of(row.into(CERTIFICATE))));
    }

    private void readCodes(List<Task.Recorded> tasks, DSLContext sql) {
        List<String> codes = tasks.stream()
                .map(task -> task.certificate().credential())
                .filter(Credential.Code.class::isInstance)
                .map(credential -> ((Credential.Code) credential).id().value())
                .distinct()
                .toList();
        if (!codes.isEmpty()) {
            sql.select(ENROLMENT_CODE.ID)
                    .from(ENROLMENT_CODE)
                    .where(ENROLMENT_CODE.ID.in(codes))
                    .and(ENROLMENT_CODE.USED_AT.isNull())
                    .and(ENROLMENT_CODE.CANCELLED_AT.isNull())
                    .forEach(row -> openCodes.add(new CodeId(row.value1())));
        }
    }

    private void readInactive(List<Task.Recorded> tasks, DSLContext sql) {
        Set<String> devices = tasks.stream()
                .map(task -> task.certificate().holder())
                .filter(holder -> holder.kind() == Holder.Kind.DEVICE)
                .map(Holder::name)
                .collect(Collectors.toSet());
        if (!devices.isEmpty()) {
            sql.select(DEVICE.ID, DEVICE.STATE)
                    .from(DEVICE)
                    .where(DEVICE.ID.in(devices))
                    .and(DEVICE.STATE.ne(Device.State.ACTIVE.name()))
                    .forEach(row ->
                            inactive.put(Holder.of(new DeviceId(row.value1())), Device.State.valueOf(row.value2())));
        }
    }

    private static List<byte[]> octets(List<Task.Recorded> tasks, Function<CertificateRecord, byte[]> column) {
        return tasks.stream().map(task -> column.apply(task.row())).toList();
    }
}
