package dev.nameplate.ca.approval;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;

/**
 * What shows where a key lives, such as tokens of a TPM or of PSA: the value of a request's id-aa-attestation, as it came. Kept and
 * passed on, understood by others.
 *
 * @param octets DER
 */
public record Evidence(byte[] octets) {
    /** 1.2.840.113549.1.9.16.2.59. */
    public static final ASN1ObjectIdentifier ATTRIBUTE = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.59");

    static final int MAX_OCTETS = 32 * 1024;
    private static final String NAME = "attestation (id-aa-attestation)";

    public Evidence {
        octets = octets.clone();
    }

    /** What came of looking for it. */
    public sealed interface Finding {
        record Found(Evidence evidence) implements Finding {}

        record None() implements Finding {}

        record Unfit(Refusal refusal) implements Finding {}
    }

    public static Finding in(Csr csr) {
        List<Attribute> given = csr.attributeValues().stream()
                .filter(attribute -> attribute.getAttrType().equals(ATTRIBUTE))
                .toList();
        if (given.isEmpty()) {
            return new Finding.None();
        }
        if (given.size() > 1 || given.getFirst().getAttributeValues().length != 1) {
            return unfit("a request has one, with one value");
        }
        byte[] octets = encoded(given.getFirst());
        return octets.length > MAX_OCTETS
                ? unfit("it has " + octets.length + " octets; at most " + MAX_OCTETS + " are taken")
                : new Finding.Found(new Evidence(octets));
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    public Sha256 hash() {
        return Sha256.of(octets);
    }

    private static Finding unfit(String why) {
        return new Finding.Unfit(new Refusal.AttributeNotSupported(NAME, why));
    }

    private static byte[] encoded(Attribute attribute) {
        try {
            return attribute.getAttributeValues()[0].toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what was read encodes", e);
        }
    }
}
