package dev.nameplate.acceptance;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** The arrays of numbers in a heap dump of HotSpot (HPROF 1.0.2). Everything else in it is stepped over. */
final class HeapDump {
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;
    private static final int OBJECT = 2;
    private static final int ID = 8;
    /** A longer array is no key's. */
    private static final int MOST_BYTES = 4096;

    private final DataInputStream in;
    private final BiConsumer<Kind, byte[]> arrays;
    private long left;

    private HeapDump(DataInputStream in, BiConsumer<Kind, byte[]> arrays) {
        this.in = in;
        this.arrays = arrays;
    }

    /** Of what an array is. */
    enum Kind {
        BYTES,
        INTS,
        LONGS
    }

    /** @param arrays is given every small array, its elements big-endian one after the other */
    static void read(Path dump, BiConsumer<Kind, byte[]> arrays) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(dump), 1 << 20))) {
            new HeapDump(in, arrays).records();
        }
    }

    private void records() throws IOException {
        while (in.read() != 0) {
            // the name of the format ends with a zero
        }
        if (in.readInt() != ID) {
            throw new IOException("identifiers are not of 8 bytes");
        }
        in.readLong();
        for (int tag = in.read(); tag >= 0; tag = in.read()) {
            in.readInt();
            left = Integer.toUnsignedLong(in.readInt());
            if (tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT) {
                while (left > 0) {
                    one(u1());
                }
            } else {
                skip(left);
            }
        }
    }

    private void one(int tag) throws IOException {
        switch (tag) {
            case 0xFF, 0x05, 0x07 -> skip(ID);
            case 0x01 -> skip(ID + ID);
            case 0x02, 0x03 -> skip(ID + 8);
            case 0x04, 0x06 -> skip(ID + 4);
            case 0x08 -> skip(ID + 8);
            case 0x20 -> classDump();
            case 0x21 -> instance();
            case 0x22 -> objects();
            case 0x23 -> array();
            default -> throw new IOException("unknown record in the heap dump: " + tag);
        }
    }

    private void classDump() throws IOException {
        skip(ID + 4 + 6L * ID + 4);
        for (int constants = u2(); constants > 0; constants--) {
            skip(2);
            skip(size(u1()));
        }
        for (int statics = u2(); statics > 0; statics--) {
            skip(ID);
            skip(size(u1()));
        }
        skip(u2() * (ID + 1L));
    }

    private void instance() throws IOException {
        skip(ID + 4 + ID);
        skip(u4());
    }

    private void objects() throws IOException {
        skip(ID + 4);
        long length = u4();
        skip(ID + length * ID);
    }

    private void array() throws IOException {
        skip(ID + 4);
        long length = u4();
        int type = u1();
        long bytes = length * size(type);
        if (bytes > MOST_BYTES || (type != 8 && type != 10 && type != 11)) {
            skip(bytes);
            return;
        }
        byte[] content = in.readNBytes((int) bytes);
        left -= bytes;
        arrays.accept(type == 8 ? Kind.BYTES : type == 10 ? Kind.INTS : Kind.LONGS, content);
    }

    private static int size(int type) throws IOException {
        return switch (type) {
            case OBJECT -> ID;
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            case 7, 11 -> 8;
            default -> throw new IOException("unknown type in the heap dump: " + type);
        };
    }

    private int u1() throws IOException {
        left--;
        return in.readUnsignedByte();
    }

    private int u2() throws IOException {
        left -= 2;
        return in.readUnsignedShort();
    }

    private long u4() throws IOException {
        left -= 4;
        return Integer.toUnsignedLong(in.readInt());
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new EOFException("the heap dump is cut off");
        }
        left -= bytes;
    }
}
