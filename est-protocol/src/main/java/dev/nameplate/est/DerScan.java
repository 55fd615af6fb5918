package dev.nameplate.est;

/**
 * Walks the tags and lengths of an encoding before any parser builds objects from it. The walk is iterative and takes no
 * memory from lengths it has not seen filled, so nesting and sizes a hostile sender made up end here, not in a stack
 * overflow. It does not look into primitive values: what they wrap is scanned when it is read.
 */
final class DerScan {
    /** A certification request needs about ten. */
    private static final int MAX_DEPTH = 32;

    private static final int CONSTRUCTED = 0x20;
    private static final int HIGH_TAG = 0x1f;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CLASS = 0xc0;

    private static final int INDEFINITE = -1;

    /** DER for what we sign or verify; BER, with indefinite lengths, for what other servers answer. */
    private enum Rules {
        DER,
        BER
    }

    private final byte[] der;
    private final String what;
    private final Rules rules;
    private final int[] ends = new int[MAX_DEPTH];
    private final boolean[] indefinite = new boolean[MAX_DEPTH];
    private int depth;
    private int position;

    private DerScan(byte[] der, String what, Rules rules) {
        this.der = der;
        this.what = what;
        this.rules = rules;
    }

    /**
     * @param what names the value in the error, "certification request"
     * @throws MalformedMessageException unless the bytes are one value with definite and shortest lengths, within bounds
     *     and of sane depth, and nothing after it
     */
    static void requireOneValue(byte[] der, String what) {
        new DerScan(der, what, Rules.DER).run();
    }

    /** As {@link #requireOneValue}, and lets pass what BER allows beyond DER. */
    static void requireOneBerValue(byte[] ber, String what) {
        new DerScan(ber, what, Rules.BER).run();
    }

    /** @return where the content of the value at this place starts; only for what was scanned */
    static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    /** @return the place just after the value at this place; only for what was scanned */
    static int end(byte[] der, int at) {
        int content = contentStart(der, at);
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < content; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        return content + length;
    }

    private void run() {
        do {
            step();
        } while (depth > 0);
        if (position < der.length) {
            throw malformed((der.length - position) + " bytes after the end of the value");
        }
    }

    private void step() {
        int tag = tag();
        int length = length(tag);
        if (tag == 0) {
            leaveIndefinite(length);
        } else if ((tag & CONSTRUCTED) != 0) {
            enter(length);
        } else {
            position += length;
        }
        while (depth > 0 && !indefinite[depth - 1] && position == ends[depth - 1]) {
            depth--;
        }
    }

    private int tag() {
        int tag = next();
        if ((tag & HIGH_TAG) == HIGH_TAG) {
            throw malformed("a tag number above 30");
        }
        if (rules == Rules.DER && isConstructedString(tag)) {
            throw malformed("a constructed string, which DER does not allow");
        }
        return tag;
    }

    private static boolean isConstructedString(int tag) {
        return (tag & CLASS) == 0 && (tag & CONSTRUCTED) != 0 && tag != SEQUENCE && tag != SET;
    }

    private int length(int tag) {
        int first = next();
        if (first == 0x80) {
            if (rules == Rules.DER || (tag & CONSTRUCTED) == 0) {
                throw malformed("an indefinite length; send DER");
            }
            return INDEFINITE;
        }
        int length = first < 0x80 ? first : longLength(first & 0x7f);
        if (length > limit() - position) {
            throw malformed("a length of " + length + " where " + (limit() - position) + " bytes are left");
        }
        return length;
    }

    private int longLength(int octets) {
        if (octets > 3) {
            throw malformed("a length in " + octets + " octets");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | next();
        }
        boolean shortest = length >= 0x80 && (length >>> (8 * (octets - 1))) != 0;
        if (rules == Rules.DER && !shortest) {
            throw malformed("a length that is not in its shortest form; send DER");
        }
        return length;
    }

    private void enter(int length) {
        if (depth == MAX_DEPTH) {
            throw malformed("more than " + MAX_DEPTH + " levels of nesting");
        }
        ends[depth] = length == INDEFINITE ? limit() : position + length;
        indefinite[depth] = length == INDEFINITE;
        depth++;
    }

    private void leaveIndefinite(int length) {
        if (length != 0 || depth == 0 || !indefinite[depth - 1]) {
            throw malformed("an end-of-contents mark out of place");
        }
        depth--;
    }

    private int next() {
        if (position == limit()) {
            throw malformed("an end in the middle of a value; it is cut short");
        }
        return der[position++] & 0xff;
    }

    private int limit() {
        return depth == 0 ? der.length : ends[depth - 1];
    }

    private MalformedMessageException malformed(String found) {
        return new MalformedMessageException(what + " is not " + rules + ": " + found + ", at byte " + position);
    }
}
