package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CsvLine;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a line of comma-separated values says by its columns: {@code serial} (hexadecimal) or {@code serial-decimal};
 * {@code not-after}; {@code subject}; {@code status}; {@code revoked-at}; {@code reason}; {@code certificate} (DER in base64, which
 * tells serial, end and subject by itself). Times are ISO 8601 or milliseconds since 1970; a status is a word, or EJBCA's number.
 */
record CsvColumns(List<String> names) {
    private static final Set<String> KNOWN =
            Set.of("serial", "serial-decimal", "not-after", "subject", "status", "revoked-at", "reason", "certificate");
    private static final Set<String> GOOD = Set.of("", "good", "valid", "active", "v", "20", "21");
    private static final Set<String> HELD = Set.of("hold", "held", "on-hold");
    private static final Set<String> REVOKED = Set.of("revoked", "r", "40");
    /** It may have been revoked before: the other columns tell. */
    private static final Set<String> ENDED = Set.of("expired", "archived", "e", "60");

    CsvColumns {
        names = List.copyOf(names);
        if (!names.contains("serial") && !names.contains("serial-decimal") && !names.contains("certificate")) {
            throw new IllegalArgumentException(
                    "the first line must name the columns, serial, serial-decimal or certificate among them; known: "
                            + KNOWN.stream().sorted().toList());
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    Past read(String line) {
        List<String> values = CsvLine.split(line);
        if (values.size() != names.size()) {
            throw new IllegalArgumentException(
                    "it has " + values.size() + " values, the first line names " + names.size());
        }
        Map<String, String> row = new TreeMap<>();
        for (int column = 0; column < names.size(); column++) {
            row.put(names.get(column), values.get(column).strip());
        }
        Standing standing = standing(row);
        String certificate = value(row, "certificate");
        if (!certificate.isEmpty()) {
            return Past.of(CertificateDer.parse(Base64.getMimeDecoder().decode(certificate)), standing);
        }
        return new Past(
                serial(row),
                Optional.empty(),
                Optional.of(time(value(row, "not-after"), "not-after")),
                value(row, "subject"),
                standing);
    }

    private static SerialNumber serial(Map<String, String> row) {
        String hex = value(row, "serial");
        if (!hex.isEmpty()) {
            return SerialNumber.parse(hex.toLowerCase(Locale.ROOT).startsWith("0x") ? hex.substring(2) : hex);
        }
        String decimal = value(row, "serial-decimal");
        if (!decimal.matches("[0-9]{1,49}")) {
            throw new IllegalArgumentException("it has no serial");
        }
        return new SerialNumber(new BigInteger(decimal));
    }

    private static Standing standing(Map<String, String> row) {
        String status = value(row, "status").toLowerCase(Locale.ROOT).replace('_', '-');
        String revokedAt = value(row, "revoked-at");
        boolean said = !Set.of("", "-1", "0", "null").contains(revokedAt);
        if (GOOD.contains(status) || (ENDED.contains(status) && !said)) {
            return new Standing.Good();
        }
        if (!REVOKED.contains(status) && !HELD.contains(status) && !ENDED.contains(status)) {
            throw new IllegalArgumentException("no status is called " + status + "; good, revoked and expired are");
        }
        String given = value(row, "reason");
        String reason = given.isEmpty() && HELD.contains(status) ? "certificate-hold" : given;
        return PastStanding.revoked(time(revokedAt, "revoked-at"), PastStanding.reason(reason), Optional.empty());
    }

    private static Instant time(String text, String column) {
        try {
            return text.matches("[0-9]{9,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    column + " is neither a time like 2031-05-01T12:00:00Z nor milliseconds since 1970: " + text, e);
        }
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
