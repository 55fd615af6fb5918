package dev.nameplate.est;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;

/** A DER value put together from parts, which is written once into an array of its size: no copy of a secret part is left behind. */
sealed interface DerParts {
    int SEQUENCE = 0x30;
    int SET = 0x31;
    int OCTET_STRING = 0x04;
    int CONTEXT_0 = 0xa0;

    int length();

    void writeTo(ByteBuffer out);

    /** Octets that are DER already. */
    record Whole(byte[] der) implements DerParts {
        @Override
        public int length() {
            return der.length;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put(der);
        }
    }

    /** A tag, and what is inside. */
    record Tagged(int tag, List<DerParts> inside) implements DerParts {
        private static final int LONGEST_SHORT = 127;

        @Override
        public int length() {
            int content = content();
            return 1 + lengthOctets(content) + content;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            int content = content();
            out.put((byte) tag);
            int more = lengthOctets(content) - 1;
            if (more > 0) {
                out.put((byte) (0x80 | more));
            }
            for (int shift = 8 * Math.max(more - 1, 0); shift >= 0; shift -= 8) {
                out.put((byte) (content >>> shift));
            }
            inside.forEach(part -> part.writeTo(out));
        }

        private int content() {
            return inside.stream().mapToInt(DerParts::length).sum();
        }

        private static int lengthOctets(int content) {
            return content <= LONGEST_SHORT ? 1 : 1 + (32 - Integer.numberOfLeadingZeros(content) + 7) / 8;
        }
    }

    static DerParts of(int tag, DerParts... inside) {
        return new Tagged(tag, List.of(inside));
    }

    static DerParts of(ASN1Encodable value) {
        try {
            return new Whole(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("a value always encodes", e);
        }
    }

    default byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(length());
        writeTo(out);
        return out.array();
    }
}
