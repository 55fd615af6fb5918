package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A line of the database of {@code openssl ca}: status, end, revocation, serial, file and subject, with tabs between. */
final class IndexLine {
    private static final int FIELDS = 6;
    private static final int SHORT_YEAR = 13;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private IndexLine() {}

    /** @throws IllegalArgumentException naming what is wrong */
    static Past read(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("it has " + fields.length + " fields, an index of openssl ca has 6");
        }
        return new Past(
                SerialNumber.parse(fields[3]),
                Optional.empty(),
                Optional.of(time(fields[1])),
                fields[5],
                standing(fields));
    }

    private static Standing standing(String[] fields) {
        return switch (fields[0]) {
            case "V", "E" -> new Standing.Good();
            case "R" -> {
                String[] revocation = fields[2].split(",", -1);
                String reason = revocation.length > 1 ? revocation[1] : "";
                yield PastStanding.revoked(time(revocation[0]), PastStanding.reason(reason), Optional.empty());
            }
            default -> throw new IllegalArgumentException("its status is not V, R or E: " + fields[0]);
        };
    }

    /** UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5). */
    private static Instant time(String text) {
        String digits = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        String whole = text.length() == SHORT_YEAR ? (digits.charAt(0) < '5' ? "20" : "19") + digits : digits;
        try {
            return LocalDateTime.parse(whole, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is not YYMMDDHHMMSSZ: " + text, e);
        }
    }
}
