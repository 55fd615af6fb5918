package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.SerialNumber;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of a certificate in OCSP (RFC 6960, 4.1.1): hashes of its issuer's name and key, and its serial number. Answers repeat it
 * octet by octet, so two ways to write the same are two of these.
 */
public final class CertId {
    private static final IdForm[] FORMS = IdForm.values();
    private static final int HEADER = 2;
    /** More than any issuer uses (RFC 5280, 4.1.2.2: 20), and so few that every length is one octet. */
    private static final int MOST_SERIAL_OCTETS = 32;

    private final byte[] der;
    private final Optional<IdForm> form;
    private final int hash;

    private CertId(byte[] der, Optional<IdForm> form) {
        this.der = der;
        this.form = form;
        this.hash = Arrays.hashCode(der);
    }

    /** Takes the CertID that comes next. */
    static CertId read(DerCursor from) {
        int begin = from.position();
        DerCursor id = from.next(DerCursor.SEQUENCE);
        int algorithmBegin = id.position();
        DerCursor algorithm = id.next(DerCursor.SEQUENCE);
        Optional<IdForm> form = form(id, algorithmBegin);
        if (form.isEmpty()) {
            algorithm.next(DerCursor.OBJECT_IDENTIFIER).first();
            requireNoParameters(algorithm);
        }
        requireHash(id.next(DerCursor.OCTET_STRING), form);
        requireHash(id.next(DerCursor.OCTET_STRING), form);
        requireSerial(id.next(DerCursor.INTEGER));
        id.requireEnd();
        return new CertId(from.since(begin), form);
    }

    static CertId of(IdForm form, byte[] nameHash, byte[] keyHash, SerialNumber serial) {
        byte[] number = serial.value().toByteArray();
        int content = form.algorithmOctets() + 3 * HEADER + nameHash.length + keyHash.length + number.length;
        byte[] der = new byte[HEADER + content];
        der[0] = DerCursor.SEQUENCE;
        der[1] = (byte) content;
        form.writeAlgorithm(der, HEADER);
        int at = write(DerCursor.OCTET_STRING, nameHash, der, HEADER + form.algorithmOctets());
        at = write(DerCursor.OCTET_STRING, keyHash, der, at);
        write(DerCursor.INTEGER, number, der, at);
        return new CertId(der, Optional.of(form));
    }

    /** Nothing, if the issuer is named by a hash that nobody here computes. */
    Optional<IdForm> form() {
        return form;
    }

    boolean isOf(IdForm one) {
        return form.isPresent() && form.get() == one;
    }

    boolean names(byte[] nameHash, byte[] keyHash) {
        return form.isPresent() && isAt(nameHashAt(), nameHash) && isAt(keyHashAt(), keyHash);
    }

    /** Nothing, if no issuer has ever used such a number. */
    Optional<SerialNumber> serial() {
        if (form.isEmpty()) {
            return Optional.empty();
        }
        int at = keyHashAt() + form.get().hashOctets() + HEADER;
        return SerialNumber.of(new BigInteger(der, at, der.length - at));
    }

    byte[] octets() {
        return der.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertId that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(der);
    }

    private int nameHashAt() {
        return HEADER + form.orElseThrow().algorithmOctets() + HEADER;
    }

    private int keyHashAt() {
        return nameHashAt() + form.orElseThrow().hashOctets() + HEADER;
    }

    private boolean isAt(int from, byte[] value) {
        return Arrays.equals(der, from, from + value.length, value, 0, value.length);
    }

    private static Optional<IdForm> form(DerCursor id, int algorithmBegin) {
        for (IdForm form : FORMS) {
            if (id.isSince(algorithmBegin, form)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** No hash has any but NULL (RFC 5754, 2). */
    private static void requireNoParameters(DerCursor algorithm) {
        if (algorithm.nextIs(DerCursor.NULL)) {
            algorithm.next(DerCursor.NULL).requireEnd();
        }
        algorithm.requireEnd();
    }

    private static void requireHash(DerCursor hash, Optional<IdForm> form) {
        if (form.isPresent() && hash.size() != form.get().hashOctets()) {
            throw new MalformedOcspRequestException("a hash has " + hash.size() + " octets where " + form.get()
                    + " makes " + form.get().hashOctets());
        }
    }

    private static void requireSerial(DerCursor serial) {
        serial.requireInteger();
        if (serial.size() > MOST_SERIAL_OCTETS) {
            throw new MalformedOcspRequestException("a serial number has more than " + MOST_SERIAL_OCTETS + " octets");
        }
    }

    private static int write(int tag, byte[] value, byte[] to, int at) {
        to[at] = (byte) tag;
        to[at + 1] = (byte) value.length;
        System.arraycopy(value, 0, to, at + HEADER, value.length);
        return at + HEADER + value.length;
    }
}
