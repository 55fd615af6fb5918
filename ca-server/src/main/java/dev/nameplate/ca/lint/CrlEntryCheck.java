package dev.nameplate.ca.lint;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.bouncycastle.asn1.BERTags;

/**
 * One revoked certificate of a CRL (RFC 5280, 5.3): a positive serial, a time that is not after the CRL's, and of extensions a
 * reason and an invalidity date alone. There may be millions, so octets are looked at as they are.
 */
final class CrlEntryCheck {
    private static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;
    private static final int MOST_SERIAL = 20;
    private static final byte[] REASON = HexFormat.of().parseHex("300a0603551d1504030a01");
    private static final byte[] INVALIDITY_DATE = HexFormat.of().parseHex("30180603551d180411180f");
    private static final int GENERALIZED_DIGITS = 14;
    private static final int UTC_DIGITS = 12;
    private static final long FIRST_GENERALIZED = 2050_0000000000L;
    /** All there are but unspecified and removeFromCRL, which only a delta CRL has. */
    private static final int REASONS = 0b110_0111_1110;

    private final long thisUpdate;
    private byte[] entry = {};
    private int at;

    CrlEntryCheck(Instant thisUpdate) {
        ZonedDateTime time = thisUpdate.atZone(ZoneOffset.UTC);
        this.thisUpdate = ((time.getYear() * 100L + time.getMonthValue()) * 100 + time.getDayOfMonth()) * 1_000_000
                + (time.getHour() * 100L + time.getMinute()) * 100
                + time.getSecond();
    }

    void check(byte[] octets, Consumer<String> finding) {
        entry = octets;
        at = 0;
        if (!wellFormed()) {
            finding.accept("an entry is not a serial, a time, and perhaps a reason and an invalidity date: "
                    + HexFormat.of().formatHex(octets));
        }
    }

    private boolean wellFormed() {
        if (!enter(SEQUENCE, entry.length - 2) || !serial() || !notLate(time())) {
            return false;
        }
        return at == entry.length || (enter(SEQUENCE, entry.length - at - 2) && extensions());
    }

    /** All contents here are shorter than 128 octets, so a length is one octet. */
    private boolean enter(int tag, int length) {
        boolean there = at + 2 <= entry.length && entry[at] == (byte) tag && entry[at + 1] == length && length > 0;
        at += 2;
        return there;
    }

    private boolean serial() {
        int length = at + 1 < entry.length ? entry[at + 1] : 0;
        if (!enter(BERTags.INTEGER, length) || length > MOST_SERIAL || at + length > entry.length) {
            return false;
        }
        boolean positive = entry[at] > 0 || (entry[at] == 0 && length > 1 && entry[at + 1] < 0);
        at += length;
        return positive;
    }

    /** As the number yyyymmddhhmmss; negative if it is none, or not in the form of its year (RFC 5280, 5.1.2.6). */
    private long time() {
        if (at < entry.length && entry[at] == BERTags.UTC_TIME && enter(BERTags.UTC_TIME, UTC_DIGITS + 1)) {
            long digits = digits(UTC_DIGITS);
            return digits < 0 ? digits : digits + (digits < 50_0000000000L ? 2000_0000000000L : 1900_0000000000L);
        }
        if (at < entry.length && enter(BERTags.GENERALIZED_TIME, GENERALIZED_DIGITS + 1)) {
            long digits = digits(GENERALIZED_DIGITS);
            return digits < FIRST_GENERALIZED ? -1 : digits;
        }
        return -1;
    }

    private boolean notLate(long time) {
        return time >= 0 && time <= thisUpdate;
    }

    private long digits(int count) {
        if (at + count + 1 > entry.length || entry[at + count] != 'Z') {
            return -1;
        }
        long number = 0;
        for (int i = at; i < at + count; i++) {
            if (entry[i] < '0' || entry[i] > '9') {
                return -1;
            }
            number = number * 10 + (entry[i] - '0');
        }
        at += count + 1;
        return number;
    }

    private boolean extensions() {
        boolean any = false;
        if (startsWith(REASON)) {
            int reason = at < entry.length ? entry[at++] : -1;
            any = reason > 0 && reason < Integer.SIZE && ((REASONS >> reason) & 1) == 1;
            if (!any) {
                return false;
            }
        }
        if (startsWith(INVALIDITY_DATE)) {
            any = digits(GENERALIZED_DIGITS) >= 0;
        }
        return any && at == entry.length;
    }

    private boolean startsWith(byte[] octets) {
        boolean there = at + octets.length <= entry.length
                && Arrays.equals(entry, at, at + octets.length, octets, 0, octets.length);
        at += there ? octets.length : 0;
        return there;
    }
}
