package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Devices with certificates that were never issued: rows beside those of one device that was enrolled, with keys of their own.
 * Written while the server is down. Nobody looks at the signatures on them: the records have the very octets.
 */
final class StormFleet {
    private static final String OPTIONS = ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IFEXISTS=TRUE";
    private static final int BATCH = 1000;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration LITTLE = Duration.ofDays(3);
    private static final Duration MUCH = Duration.ofDays(300);

    private final SplittableRandom random = new SplittableRandom(7);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final StormSite site;
    private final EstTarget target;

    StormFleet(StormSite site, EstTarget target) {
        this.site = site;
        this.target = target;
    }

    /** @param nearlyExpired how many of them, in percent, have little of their validity left; they are spread among the others */
    List<StormDevice> make(int count, int nearlyExpired) {
        String url = "jdbc:h2:" + site.home().resolve("data/nameplate") + OPTIONS;
        try (Connection connection = DriverManager.getConnection(url, "nameplate", "");
                Statement statement = connection.createStatement()) {
            Map<String, Object> device = row(statement, "select * from device where id = 'seed'");
            Map<String, Object> certificate = row(statement, "select * from certificate where holder_name = 'seed'");
            List<StormDevice> fleet = new ArrayList<>(Collections.nCopies(count, null));
            connection.setAutoCommit(false);
            for (int from = 0; from < count; from += BATCH) {
                write(connection, device, certificate, fleet, from, Math.min(count, from + BATCH), nearlyExpired);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("shutdown");
            return fleet;
        } catch (SQLException e) {
            throw new IllegalStateException("the fleet cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(
            Connection connection,
            Map<String, Object> device,
            Map<String, Object> certificate,
            List<StormDevice> fleet,
            int from,
            int to,
            int nearlyExpired)
            throws SQLException {
        List<Made> made = IntStream.range(from, to)
                .parallel()
                .mapToObj(number -> made(number, number % 100 < nearlyExpired, certificate))
                .toList();
        List<Map<String, Object>> devices = new ArrayList<>();
        List<Map<String, Object>> certificates = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            fleet.set(from + i, made.get(i).device());
            devices.add(with(device, Map.of("id", made.get(i).device().id)));
            certificates.add(with(certificate, made.get(i).columns(octets(), octets())));
        }
        insert(connection, "device", devices);
        insert(connection, "certificate", certificates);
    }

    private record Made(StormDevice device, byte[] der, BigInteger serial, Instant notBefore, Instant notAfter) {
        Map<String, Object> columns(byte[] request, byte[] keyHash) {
            byte[] serial = this.serial.toByteArray();
            byte[] fixed = new byte[20];
            System.arraycopy(serial, 0, fixed, fixed.length - serial.length, serial.length);
            return Map.of(
                    "serial",
                    fixed,
                    "der",
                    der,
                    "request",
                    request,
                    "key_hash",
                    keyHash,
                    "holder_name",
                    device.id,
                    "credential",
                    "code:" + device.id,
                    "not_before",
                    notBefore.atOffset(ZoneOffset.UTC),
                    "not_after",
                    notAfter.atOffset(ZoneOffset.UTC),
                    "issued_at",
                    notBefore.atOffset(ZoneOffset.UTC));
        }
    }

    private Made made(int number, boolean nearlyExpired, Map<String, Object> sample) {
        String id = "storm-" + number;
        KeyPair keys = Native.keyPair();
        Instant notAfter = now.plus(nearlyExpired ? LITTLE : MUCH).plusSeconds(number % 86_400);
        Instant notBefore = notAfter.minus(YEAR);
        var serial = new BigInteger(1, Native.keyPair().getPublic().getEncoded())
                .mod(BigInteger.TWO.pow(126))
                .setBit(126);
        byte[] der = certificate(Certificate.getInstance(sample.get("der")), id, keys, serial, notBefore, notAfter);
        return new Made(
                new StormDevice(id, nearlyExpired, keys.getPrivate(), der, target), der, serial, notBefore, notAfter);
    }

    private static byte[] certificate(
            Certificate sample, String id, KeyPair keys, BigInteger serial, Instant notBefore, Instant notAfter) {
        var tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial));
        tbs.setSignature(sample.getSignatureAlgorithm());
        tbs.setIssuer(sample.getIssuer());
        tbs.setStartDate(new Time(Date.from(notBefore)));
        tbs.setEndDate(new Time(Date.from(notAfter)));
        tbs.setSubject(new X500Name("CN=" + id));
        tbs.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        tbs.setExtensions(sample.getTBSCertificate().getExtensions());
        var parts = new ASN1EncodableVector();
        parts.add(tbs.generateTBSCertificate());
        parts.add(sample.getSignatureAlgorithm());
        parts.add(new DERBitString(sample.getSignature().getOctets()));
        try {
            return new DERSequence(parts).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> row(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            if (!found.next()) {
                throw new SQLException("nothing is found by " + query);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                row.put(found.getMetaData().getColumnName(i), found.getObject(i));
            }
            return row;
        }
    }

    private static Map<String, Object> with(Map<String, Object> row, Map<String, Object> changes) {
        Map<String, Object> changed = new LinkedHashMap<>(row);
        changed.putAll(changes);
        return changed;
    }

    private static void insert(Connection connection, String table, List<Map<String, Object>> rows)
            throws SQLException {
        List<String> columns = List.copyOf(rows.getFirst().keySet());
        String sql = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map<String, Object> row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 1, row.get(columns.get(i)));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private byte[] octets() {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        return octets;
    }
}
