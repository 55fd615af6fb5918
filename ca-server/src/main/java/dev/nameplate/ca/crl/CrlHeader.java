package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.DerStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;

/** What stands at the beginning of a CRL. */
public record CrlHeader(Instant thisUpdate, Instant nextUpdate) {
    /** This much of a CRL is enough to read its header. */
    public static final int MOST_OCTETS = 4096;

    /** Version, signature algorithm and issuer. */
    private static final int FIELDS_BEFORE = 3;

    private static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;

    /**
     * @param beginning of a CRL of ours, at least {@link #MOST_OCTETS} of it where there are as many
     * @throws IOException if it is none
     */
    public static CrlHeader parse(byte[] beginning) throws IOException {
        DerStream der = new DerStream(new ByteArrayInputStream(beginning));
        der.enter(SEQUENCE);
        der.enter(SEQUENCE);
        for (int i = 0; i < FIELDS_BEFORE; i++) {
            int passed = der.element(MOST_OCTETS).length;
            assert passed > 0;
        }
        return new CrlHeader(time(der), time(der));
    }

    private static Instant time(DerStream der) throws IOException {
        return Time.getInstance(ASN1Primitive.fromByteArray(der.element(Byte.MAX_VALUE)))
                .getDate()
                .toInstant();
    }
}
