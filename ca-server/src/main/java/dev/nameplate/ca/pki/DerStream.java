package dev.nameplate.ca.pki;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads DER from a stream, element by element, and holds no more than one of them. */
public final class DerStream {
    private static final int LONG_FORM = 0x80;
    private static final int MOST_LENGTH_OCTETS = 6;

    private final InputStream in;
    private long position;

    /** @param in buffered, so that it may be read octet by octet and can be marked */
    public DerStream(InputStream in) {
        this.in = in;
    }

    /** The tag of the next element, which stays next; -1 at the end. */
    public int peek() throws IOException {
        in.mark(1);
        int tag = in.read();
        in.reset();
        return tag;
    }

    /** How many octets were read. */
    public long position() {
        return position;
    }

    /**
     * Enters an element: its content is next.
     *
     * @return how many octets its content has
     * @throws NotDerException if another tag is next, or its length is not written as DER does
     */
    public long enter(int tag) throws IOException {
        int found = octet();
        if (found != tag) {
            throw new NotDerException("octet " + (position - 1) + " is tag " + found + ", not " + tag);
        }
        return length();
    }

    /**
     * The whole of the next element, header included.
     *
     * @param most how many octets of content it may have
     */
    public byte[] element(int most) throws IOException {
        int tag = octet();
        long length = length();
        if (length > most) {
            throw new NotDerException("an element has " + length + " octets, more than " + most);
        }
        byte[] header = header(tag, length);
        byte[] whole = Arrays.copyOf(header, header.length + (int) length);
        int read = in.readNBytes(whole, header.length, (int) length);
        position += read;
        if (read < length) {
            throw new EOFException("it ends within an element");
        }
        return whole;
    }

    /** Tag and length as DER writes them. */
    public static byte[] header(int tag, long length) {
        if (length < LONG_FORM) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int octets = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
        byte[] header = new byte[2 + octets];
        header[0] = (byte) tag;
        header[1] = (byte) (LONG_FORM | octets);
        for (int i = 0; i < octets; i++) {
            header[header.length - 1 - i] = (byte) (length >>> (Byte.SIZE * i));
        }
        return header;
    }

    private long length() throws IOException {
        int first = octet();
        if (first < LONG_FORM) {
            return first;
        }
        int octets = first & ~LONG_FORM;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS) {
            throw new NotDerException("a length has " + octets + " octets");
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << Byte.SIZE) | octet();
        }
        if (length < LONG_FORM || length >>> (Byte.SIZE * (octets - 1)) == 0) {
            throw new NotDerException("a length has more octets than it needs");
        }
        return length;
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("it ends at octet " + position);
        }
        position++;
        return octet;
    }

    /** What is read is not DER. */
    public static final class NotDerException extends IOException {
        private static final long serialVersionUID = 1L;

        public NotDerException(String message) {
            super(message);
        }
    }
}
