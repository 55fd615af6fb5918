package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.adoption.AdoptedHistory.Added;
import dev.nameplate.ca.adoption.AdoptedHistory.Item;
import dev.nameplate.ca.adoption.AdoptedHistory.Terms;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.schema.generated.tables.records.AdoptedSerialRecord;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import dev.nameplate.schema.generated.tables.records.DeviceRecord;
import dev.nameplate.schema.generated.tables.records.KeyOwnerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Adds a group of records of another CA: reads what there is of all of them, decides in memory, writes what is new. */
final class Adoptions {
    /** In the place of a credential: nobody proved anything here to get it. */
    private static final String CREDENTIAL = "adopted";

    private final Writing writing;
    private final DSLContext sql;
    private final IssuerGeneration issuer;
    private final Terms terms;
    private final Instant now;
    private final Map<SerialNumber, FoundCertificate> found = new HashMap<>();
    private final Set<SerialNumber> certified = new HashSet<>();
    private final Map<SerialNumber, CertificateRecord> certificates = new LinkedHashMap<>();
    private final Map<SerialNumber, AdoptedSerialRecord> serials = new LinkedHashMap<>();
    private final List<byte[]> promoted = new ArrayList<>();
    private final Map<Sha256, KeyOwnerRecord> keys = new LinkedHashMap<>();
    private final Map<Sha256, Holder> owners = new HashMap<>();
    private final Map<DeviceId, DeviceRecord> devices = new LinkedHashMap<>();
    private long foreignKeys;

    Adoptions(Writing writing, IssuerGeneration issuer, Terms terms, Instant now) {
        this.writing = writing;
        this.sql = writing.sql();
        this.issuer = issuer;
        this.terms = terms;
        this.now = Rows.asStored(now);
    }

    Added add(List<Item> items, Cause cause) {
        read(items);
        items.forEach(this::decide);
        leaveOutRegistered();
        sql.deleteFrom(ADOPTED_SERIAL)
                .where(ofIssuer(ADOPTED_SERIAL.ISSUER, ADOPTED_SERIAL.GENERATION))
                .and(ADOPTED_SERIAL.SERIAL.in(promoted))
                .execute();
        Batches.insert(sql, CERTIFICATE, List.copyOf(certificates.values()));
        Batches.insert(sql, ADOPTED_SERIAL, List.copyOf(serials.values()));
        Batches.insert(sql, KEY_OWNER, List.copyOf(keys.values()));
        Batches.insert(sql, DEVICE, List.copyOf(devices.values()));
        return new Added(certificates.size(), serials.size(), standings(items, cause), devices.size(), foreignKeys);
    }

    private void read(List<Item> items) {
        List<byte[]> wanted = items.stream()
                .map(item -> Certificates.octets(item.past().serial()))
                .toList();
        FoundCertificate.select(
                        sql,
                        ofIssuer(CERTIFICATE.ISSUER, CERTIFICATE.GENERATION).and(CERTIFICATE.SERIAL.in(wanted)))
                .fetch(FoundCertificate::of)
                .forEach(one -> {
                    found.put(one.serial(), one);
                    certified.add(one.serial());
                });
        FoundCertificate.selectAdopted(
                        sql,
                        ofIssuer(ADOPTED_SERIAL.ISSUER, ADOPTED_SERIAL.GENERATION)
                                .and(ADOPTED_SERIAL.SERIAL.in(wanted)))
                .fetch(FoundCertificate::ofAdopted)
                .forEach(one -> found.putIfAbsent(one.serial(), one));
        List<CertificateDer> given = items.stream()
                .flatMap(item -> item.past().certificate().stream())
                .toList();
        sql.selectFrom(KEY_OWNER)
                .where(KEY_OWNER.KEY_HASH.in(
                        given.stream().map(one -> one.keyHash().octets()).toList()))
                .forEach(row -> owners.put(Sha256.fromOctets(row.getKeyHash()), Keyholders.holder(row)));
    }

    private void decide(Item item) {
        SerialNumber serial = item.past().serial();
        if (item.device().isPresent() && !certified.contains(serial)) {
            certify(item, item.past().certificate().orElseThrow(), item.device().get());
        } else if (!found.containsKey(serial)) {
            serials.put(serial, row(item));
            found.put(serial, good(item));
        }
    }

    private void certify(Item item, CertificateDer certificate, DeviceId device) {
        SerialNumber serial = certificate.serial();
        if (found.containsKey(serial) && serials.remove(serial) == null) {
            promoted.add(Certificates.octets(serial));
        }
        certificates.put(serial, row(certificate, device));
        certified.add(serial);
        found.putIfAbsent(serial, good(item));
        claim(certificate.keyHash(), Holder.of(device));
        if (terms.register()) {
            devices.put(device, JooqDeviceRegistry.row(new Device(device, Device.State.ACTIVE, Map.of(), now)));
        }
    }

    private void claim(Sha256 key, Holder holder) {
        Holder owner = owners.putIfAbsent(key, holder);
        if (owner == null) {
            keys.put(key, Keyholders.row(key, holder, now));
        } else if (!owner.equals(holder)) {
            foreignKeys++;
        }
    }

    private void leaveOutRegistered() {
        List<String> ids = devices.keySet().stream().map(DeviceId::value).toList();
        sql.select(DEVICE.ID)
                .from(DEVICE)
                .where(DEVICE.ID.in(ids))
                .forEach(row -> devices.remove(new DeviceId(row.value1())));
    }

    private long standings(List<Item> items, Cause cause) {
        var changes = new StandingChanges(writing);
        Set<SerialNumber> said = new HashSet<>();
        for (Item item : items) {
            Standing standing = item.past().standing();
            if (!(standing instanceof Standing.Good) && said.add(item.past().serial())) {
                changes.apply(
                        new Order(new Wish.Adopted(standing), now, cause),
                        Objects.requireNonNull(found.get(item.past().serial())));
            }
        }
        changes.write();
        return changes.size();
    }

    private CertificateRecord row(CertificateDer certificate, DeviceId device) {
        var row = new CertificateRecord();
        row.setSerial(Certificates.octets(certificate.serial()));
        row.setIssuer(issuer.issuer().value());
        row.setGeneration(issuer.number());
        row.setRequest(certificate.fingerprint().octets());
        row.setRound(0);
        row.setKeyHash(certificate.keyHash().octets());
        row.setHolderKind(Holder.Kind.DEVICE.name());
        row.setHolderName(device.value());
        row.setProfile(terms.profile().value());
        row.setLabel(terms.label().value());
        row.setCredential(CREDENTIAL);
        row.setNotBefore(certificate.parsed().getNotBefore().toInstant());
        row.setNotAfter(certificate.parsed().getNotAfter().toInstant());
        row.setIssuedAt(row.getNotBefore());
        row.setDer(certificate.octets());
        row.setShard(0);
        Keys.algorithmOf(certificate.parsed().getSubjectPublicKeyInfo())
                .ifPresent(algorithm -> row.setKeyAlgorithm(algorithm.toString()));
        return row;
    }

    private AdoptedSerialRecord row(Item item) {
        return new AdoptedSerialRecord(
                Certificates.octets(item.past().serial()),
                issuer.issuer().value(),
                issuer.number(),
                Rows.asStored(item.end()),
                item.past().subject());
    }

    private FoundCertificate good(Item item) {
        return new FoundCertificate(issuer, 0, item.past().serial(), Rows.asStored(item.end()), new Standing.Good());
    }

    private Condition ofIssuer(Field<String> name, Field<Integer> number) {
        return name.eq(issuer.issuer().value()).and(number.eq(issuer.number()));
    }
}
