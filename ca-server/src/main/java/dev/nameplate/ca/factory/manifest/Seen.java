package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Remembers what was seen by the first 64 bits of its SHA-256: 16 octets or less each, so that a million take 16 MB. */
final class Seen {
    private static final int SMALLEST = 1 << 10;

    /** Zero is an empty place. */
    private long[] places = new long[SMALLEST];

    private int size;

    /** @return false if it was there before */
    boolean add(byte[] value) {
        long mark = ByteBuffer.wrap(Sha256.of(value).octets()).getLong();
        long place = mark == 0 ? 1 : mark;
        if (size * 2 >= places.length) {
            grow();
        }
        return put(place);
    }

    private boolean put(long mark) {
        int at = (int) mark & (places.length - 1);
        while (places[at] != 0) {
            if (places[at] == mark) {
                return false;
            }
            at = (at + 1) & (places.length - 1);
        }
        places[at] = mark;
        size++;
        return true;
    }

    private void grow() {
        long[] before = places;
        places = new long[before.length * 2];
        size = 0;
        Arrays.stream(before).filter(mark -> mark != 0).forEach(this::put);
    }
}
