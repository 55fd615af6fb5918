package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;

/**
 * What was said of each serial, by the first 64 bits of hashes: some 34 octets to a serial, so that a million take less than 40 MB.
 */
final class Marks {
    private static final int SMALLEST = 1 << 10;

    /** Zero is an empty place. */
    private long[] serials = new long[SMALLEST];

    private long[] certificates = new long[SMALLEST];
    private byte[] said = new byte[SMALLEST];
    private int size;

    /** What can be said of a serial. */
    enum Saying {
        LISTED((byte) 1),
        REVOKED((byte) 2);

        private final byte bit;

        Saying(byte bit) {
            this.bit = bit;
        }
    }

    /** What came of a certificate. */
    enum Seen {
        FIRST,
        AGAIN,
        /** Another certificate has the same serial. */
        CONFLICT
    }

    Seen certificate(SerialNumber serial, Sha256 fingerprint) {
        int at = place(serial);
        long mark = mark(fingerprint);
        if (certificates[at] == 0) {
            certificates[at] = mark;
            return Seen.FIRST;
        }
        return certificates[at] == mark ? Seen.AGAIN : Seen.CONFLICT;
    }

    /** @return whether it was said for the first time */
    boolean say(SerialNumber serial, Saying what) {
        int at = place(serial);
        boolean before = (said[at] & what.bit) != 0;
        said[at] |= what.bit;
        return !before;
    }

    boolean isSaid(SerialNumber serial, Saying what) {
        return (said[place(serial)] & what.bit) != 0;
    }

    boolean hasCertificate(SerialNumber serial) {
        return certificates[place(serial)] != 0;
    }

    private int place(SerialNumber serial) {
        if (size * 2 >= serials.length) {
            grow();
        }
        return place(mark(Sha256.of(serial.value().toByteArray())));
    }

    private int place(long mark) {
        int at = (int) mark & (serials.length - 1);
        while (serials[at] != 0 && serials[at] != mark) {
            at = (at + 1) & (serials.length - 1);
        }
        if (serials[at] == 0) {
            serials[at] = mark;
            size++;
        }
        return at;
    }

    private void grow() {
        long[] oldSerials = serials;
        long[] oldCertificates = certificates;
        byte[] oldSaid = said;
        serials = new long[oldSerials.length * 2];
        certificates = new long[serials.length];
        said = new byte[serials.length];
        size = 0;
        for (int i = 0; i < oldSerials.length; i++) {
            if (oldSerials[i] != 0) {
                int at = place(oldSerials[i]);
                certificates[at] = oldCertificates[i];
                said[at] = oldSaid[i];
            }
        }
    }

    private static long mark(Sha256 hash) {
        long mark = ByteBuffer.wrap(hash.octets()).getLong();
        return mark == 0 ? 1 : mark;
    }
}
