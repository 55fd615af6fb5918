package dev.nameplate.ca.crl;

import java.time.LocalDate;
import java.util.HexFormat;
import org.bouncycastle.asn1.BERTags;

/** Writes entries of {@code revokedCertificates} (RFC 5280, 5.1.2.6 and 5.3). Not for several threads. */
final class EntryEncoder {
    /** No entry is longer: header, serial, time, reason and invalidity date with theirs. */
    static final int MOST_OCTETS = 2 + 2 + 20 + 17 + 2 + 12 + 26;

    private static final byte SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;
    private static final byte[] REASON = HexFormat.of().parseHex("300a0603551d1504030a01");
    private static final byte[] INVALIDITY_DATE = HexFormat.of().parseHex("30180603551d180411180f");
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int FIRST_GENERALIZED = 2050;
    private static final int FIRST_UTC = 1950;

    private final long latest;
    private final byte[] out = new byte[MOST_OCTETS];
    private int end;
    private long day = Long.MIN_VALUE;
    private int year;
    private final byte[] date = new byte[8];

    /** @param latest in seconds since 1970; who was revoked later was revoked then */
    EntryEncoder(long latest) {
        this.latest = latest;
    }

    /** @return how many octets of {@link #octets} it takes */
    int encode(CrlEntry entry) {
        end = 2;
        header((byte) BERTags.INTEGER, entry.serial().length);
        put(entry.serial());
        time(Math.min(entry.revokedAt(), latest));
        extensions(entry);
        out[0] = SEQUENCE;
        out[1] = (byte) (end - 2);
        return end;
    }

    /** Of the entry encoded last; written over by the next. */
    byte[] octets() {
        return out;
    }

    private void extensions(CrlEntry entry) {
        int begin = end;
        end += 2;
        if (entry.reason() != 0) {
            put(REASON);
            out[end++] = (byte) entry.reason();
        }
        if (entry.invalidAt() != CrlEntry.NOWHEN) {
            put(INVALIDITY_DATE);
            clock(entry.invalidAt(), 0);
        }
        if (end == begin + 2) {
            end = begin;
        } else {
            out[begin] = SEQUENCE;
            out[begin + 1] = (byte) (end - begin - 2);
        }
    }

    /** UTCTime to 2049, GeneralizedTime after. */
    private void time(long second) {
        calendar(second);
        boolean utc = year >= FIRST_UTC && year < FIRST_GENERALIZED;
        header((byte) (utc ? BERTags.UTC_TIME : BERTags.GENERALIZED_TIME), utc ? 13 : 15);
        clock(second, utc ? 2 : 0);
    }

    private void clock(long second, int skipped) {
        calendar(second);
        System.arraycopy(date, skipped, out, end, date.length - skipped);
        end += date.length - skipped;
        int rest = Math.floorMod(second, SECONDS_PER_DAY);
        two(rest / 3600);
        two(rest / 60 % 60);
        two(rest % 60);
        out[end++] = 'Z';
    }

    /** Many entries are of one day. */
    private void calendar(long second) {
        long wanted = Math.floorDiv(second, SECONDS_PER_DAY);
        if (wanted != day) {
            LocalDate found = LocalDate.ofEpochDay(wanted);
            day = wanted;
            year = found.getYear();
            int number = (year * 100 + found.getMonthValue()) * 100 + found.getDayOfMonth();
            for (int i = date.length - 1; i >= 0; i--) {
                date[i] = (byte) ('0' + number % 10);
                number /= 10;
            }
        }
    }

    private void two(int number) {
        out[end++] = (byte) ('0' + number / 10);
        out[end++] = (byte) ('0' + number % 10);
    }

    private void header(byte tag, int length) {
        out[end++] = tag;
        out[end++] = (byte) length;
    }

    private void put(byte[] octets) {
        System.arraycopy(octets, 0, out, end, octets.length);
        end += octets.length;
    }
}
