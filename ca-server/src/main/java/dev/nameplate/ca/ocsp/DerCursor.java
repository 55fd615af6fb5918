package dev.nameplate.ca.ocsp;

import java.util.Arrays;

/** Reads the elements of a DER value one after the other; whatever is not DER is malformed. */
final class DerCursor {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;
    /** Enough for 16 MB. */
    private static final int MOST_LENGTH_OCTETS = 3;

    private final byte[] octets;
    private final int end;
    private int at;

    DerCursor(byte[] octets) {
        this(octets, 0, octets.length);
    }

    private DerCursor(byte[] octets, int from, int end) {
        this.octets = octets;
        this.at = from;
        this.end = end;
    }

    /** An explicit tag of this number (RFC 6960 has no implicit constructed ones). */
    static int explicit(int number) {
        return 0xa0 | number;
    }

    /** Where the next element begins, or the value ends. */
    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    boolean nextIs(int tag) {
        return at < end && (octets[at] & 0xff) == tag;
    }

    /** What is in the next element, which must have this tag. */
    DerCursor next(int tag) {
        if (!nextIs(tag)) {
            throw new MalformedOcspRequestException("an element is missing or out of place at octet " + at);
        }
        at++;
        int length = length();
        if (length > end - at) {
            throw new MalformedOcspRequestException("an element at octet " + at + " is longer than what it is in");
        }
        var content = new DerCursor(octets, at, at + length);
        at += length;
        return content;
    }

    void requireEnd() {
        if (at != end) {
            throw new MalformedOcspRequestException("something follows at octet " + at + " that does not belong there");
        }
    }

    int size() {
        return end - at;
    }

    byte[] rest() {
        return Arrays.copyOfRange(octets, at, end);
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(octets, from, at);
    }

    /** The first octet of the content, which must not be empty. */
    int first() {
        if (at == end) {
            throw new MalformedOcspRequestException("an element at octet " + at + " is empty");
        }
        return octets[at] & 0xff;
    }

    /** Checks that this is the content of an INTEGER, in the fewest octets (X.690, 8.3.2). */
    void requireInteger() {
        int first = first();
        if (size() > 1 && (first == 0 || first == 0xff) && (first & 0x80) == (octets[at + 1] & 0x80)) {
            throw new MalformedOcspRequestException("a number at octet " + at + " is longer than need be");
        }
    }

    boolean contains(byte[] value) {
        return Arrays.equals(octets, at, end, value, 0, value.length);
    }

    boolean isSince(int from, IdForm form) {
        return form.isAt(octets, from, at);
    }

    /** The fewest octets that can say it (X.690, 10.1). */
    private int length() {
        int first = octet();
        if (first < LONG_FORM) {
            return first;
        }
        int count = first - LONG_FORM;
        if (count == 0 || count > MOST_LENGTH_OCTETS) {
            throw new MalformedOcspRequestException("a length at octet " + at + " is not one of DER");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | octet();
        }
        if (length < LONG_FORM || length >>> (8 * (count - 1)) == 0) {
            throw new MalformedOcspRequestException("a length before octet " + at + " is longer than need be");
        }
        return length;
    }

    private int octet() {
        if (at == end) {
            throw new MalformedOcspRequestException("the request ends in the middle of a length");
        }
        return octets[at++] & 0xff;
    }
}
