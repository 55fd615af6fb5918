package dev.nameplate.est;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.encoders.Hex;

/**
 * The "certs-only" message (RFC 5272, 4.1; RFC 5652, 5.2): a SignedData that signs nothing and carries certificates.
 * Written as the strictest reader wants it: version 1, no digest algorithms, id-data without content, the certificates
 * in DER order, no crls element, no signers, definite lengths.
 */
public final class CertsOnly {
    private static final String WHAT = "certs-only message";

    /** Version 1, empty digestAlgorithms, encapContentInfo of id-data alone. */
    private static final byte[] BEFORE_CERTIFICATES = Hex.decode("0201013100300b06092a864886f70d010701");

    /** Empty signerInfos. */
    private static final byte[] AFTER_CERTIFICATES = Hex.decode("3100");

    private static final byte[] SIGNED_DATA_OID = Hex.decode("06092a864886f70d010702");
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xa0;

    private CertsOnly() {}

    /** @return DER; for the order in the SET see the class, the order of the list has no say */
    public static byte[] encode(List<X509CertificateHolder> certificates) {
        return encodeDer(certificates.stream().map(CertsOnly::encoded).toList());
    }

    /** For certificates that are at hand as DER, which is not looked into. */
    public static byte[] encodeDer(List<byte[]> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a certs-only message needs a certificate");
        }
        byte[] set = concatenated(
                certificates.size() == 1
                        ? certificates
                        : certificates.stream().sorted(Arrays::compareUnsigned).toList());
        int setSize = sizeOfValue(set.length);
        int signedData = BEFORE_CERTIFICATES.length + setSize + AFTER_CERTIFICATES.length;
        int explicit = sizeOfValue(signedData);
        int contentInfo = SIGNED_DATA_OID.length + sizeOfValue(explicit);
        var out = new ByteArrayOutputStream(sizeOfValue(contentInfo));
        writeHeader(out, SEQUENCE, contentInfo);
        out.writeBytes(SIGNED_DATA_OID);
        writeHeader(out, CONTEXT_0, explicit);
        writeHeader(out, SEQUENCE, signedData);
        out.writeBytes(BEFORE_CERTIFICATES);
        writeHeader(out, CONTEXT_0, set.length);
        out.writeBytes(set);
        out.writeBytes(AFTER_CERTIFICATES);
        return out.toByteArray();
    }

    /**
     * Reads what any server may send: BER, any order, an empty crls, even signers. Nothing is verified.
     *
     * @return at least one certificate, in the order of the message
     * @throws MalformedMessageException if this is no SignedData, or one without certificates or with other than X.509
     */
    public static List<X509CertificateHolder> parse(byte[] message) {
        DerScan.requireOneBerValue(message, WHAT);
        ASN1Set certificates = Asn1.reading(WHAT, () -> certificatesOf(ASN1Primitive.fromByteArray(message)));
        var holders = new ArrayList<X509CertificateHolder>();
        for (ASN1Encodable certificate : certificates) {
            holders.add(holder(certificate));
        }
        return List.copyOf(holders);
    }

    private static ASN1Set certificatesOf(ASN1Primitive message) {
        ContentInfo info = ContentInfo.getInstance(Asn1.sequence(message, 2, 2, WHAT));
        if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
            throw new MalformedMessageException(WHAT + " is not a SignedData but " + info.getContentType());
        }
        ASN1Set certificates = SignedData.getInstance(info.getContent()).getCertificates();
        if (certificates == null || certificates.size() == 0) {
            throw new MalformedMessageException(WHAT + " carries no certificate");
        }
        return certificates;
    }

    private static X509CertificateHolder holder(ASN1Encodable certificate) {
        if (!(certificate instanceof ASN1Sequence)) {
            throw new MalformedMessageException(WHAT + " carries something that is not an X.509 certificate");
        }
        String what = "certificate in the " + WHAT;
        var holder = Asn1.reading(what, () -> new X509CertificateHolder(Certificate.getInstance(certificate)));
        Names.name(holder.getSubject().toASN1Primitive(), "subject of the " + what);
        Names.name(holder.getIssuer().toASN1Primitive(), "issuer of the " + what);
        return holder;
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate in memory cannot be encoded", e);
        }
    }

    private static byte[] concatenated(List<byte[]> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static int sizeOfValue(int content) {
        return 1 + sizeOfLength(content) + content;
    }

    private static int sizeOfLength(int length) {
        return length < 0x80 ? 1 : 1 + octets(length);
    }

    private static int octets(int length) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    }

    private static void writeHeader(ByteArrayOutputStream out, int tag, int length) {
        out.write(tag);
        if (length >= 0x80) {
            out.write(0x80 | octets(length));
            for (int shift = 8 * (octets(length) - 1); shift > 0; shift -= 8) {
                out.write(length >>> shift);
            }
        }
        out.write(length);
    }
}
