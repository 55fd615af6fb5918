package dev.nameplate.est;

import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Reads a PKCS#10 (RFC 2986, 4) strictly, counting what the library does not count. */
final class Pkcs10Reader {
    private static final String WHAT = "certification request";

    /** Room for the largest post-quantum signatures, about 50 KB, and then some. */
    private static final int MAX_BYTES = 256 * 1024;

    /** Of a certificate, which is sent by mistake and deserves its own words. */
    private static final int MAX_FIELDS = 10;

    private Pkcs10Reader() {}

    static Pkcs10 read(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new MalformedMessageException(
                    WHAT + " has " + der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        DerScan.requireOneValue(der, WHAT);
        return Asn1.reading(WHAT, () -> {
            ASN1Sequence outer = Asn1.sequence(ASN1Primitive.fromByteArray(der), 3, 3, WHAT);
            RequestInfo info = info(outer.getObjectAt(0));
            AlgorithmIdentifier algorithm = algorithm(outer.getObjectAt(1), "signature algorithm");
            return new Pkcs10(der, info, algorithm, octets(outer.getObjectAt(2), "signature"));
        });
    }

    private static RequestInfo info(ASN1Encodable value) {
        // The attributes are mandatory in RFC 2986, and left out by clients that have none.
        requireVersionZero(value);
        ASN1Sequence info = Asn1.sequence(value, 3, 4, "certification request info");
        X500Name subject = Names.name(info.getObjectAt(1), "subject");
        SubjectPublicKeyInfo key = publicKey(info.getObjectAt(2));
        RequestAttributes attributes =
                info.size() == 4 ? AttributesReader.read(info.getObjectAt(3)) : RequestAttributes.NONE;
        return new RequestInfo(subject, key, attributes);
    }

    private static void requireVersionZero(ASN1Encodable info) {
        ASN1Sequence fields = Asn1.sequence(info, 1, MAX_FIELDS, "certification request info");
        if (!(fields.getObjectAt(0) instanceof ASN1Integer version)) {
            throw new MalformedMessageException("this is not a PKCS#10: it does not begin with a version number");
        }
        if (!version.hasValue(0)) {
            throw new MalformedMessageException("version of the certification request is not 0 (RFC 2986, 4.1)");
        }
    }

    private static SubjectPublicKeyInfo publicKey(ASN1Encodable value) {
        ASN1Sequence key = Asn1.sequence(value, 2, 2, "public key");
        algorithm(key.getObjectAt(0), "algorithm of the public key");
        octets(key.getObjectAt(1), "public key");
        return Asn1.reading("public key", () -> SubjectPublicKeyInfo.getInstance(key));
    }

    private static AlgorithmIdentifier algorithm(ASN1Encodable value, String what) {
        Asn1.sequence(value, 1, 2, what);
        return Asn1.reading(what, () -> AlgorithmIdentifier.getInstance(value));
    }

    private static byte[] octets(ASN1Encodable value, String what) {
        if (!(value instanceof ASN1BitString bits)) {
            throw new MalformedMessageException(what + " is not a BIT STRING");
        }
        return Asn1.reading(what, bits::getOctets);
    }
}
