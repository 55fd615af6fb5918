package dev.nameplate.ca.pki;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A well-formed certification request, in whatever format it came (RFC 2986, RFC 4211): data about what somebody would like,
 * nothing that was checked.
 *
 * @param requestedExtensions if any
 * @param attributeValues all attributes present
 * @param proof the signature with the key that is to be certified, if there is one; not yet verified
 */
public record Csr(
        X500Name subject,
        SubjectPublicKeyInfo publicKey,
        Optional<Extensions> requestedExtensions,
        List<Attribute> attributeValues,
        Optional<Proof> proof) {
    /**
     * A signature as it came.
     *
     * @param signed the octets it is over
     */
    public record Proof(AlgorithmIdentifier algorithm, byte[] signed, byte[] signature) {}

    public Csr {
        attributeValues = List.copyOf(attributeValues);
    }

    /** The types of all attributes present. */
    public Set<ASN1ObjectIdentifier> attributes() {
        return attributeValues.stream().map(Attribute::getAttrType).collect(Collectors.toUnmodifiableSet());
    }

    /** The text of an attribute that is one string. */
    public Optional<String> text(ASN1ObjectIdentifier attribute) {
        return attributeValues.stream()
                .filter(one -> one.getAttrType().equals(attribute))
                .flatMap(one -> Arrays.stream(one.getAttributeValues()))
                .filter(ASN1String.class::isInstance)
                .map(value -> ((ASN1String) value).getString())
                .findFirst();
    }

    public Sha256 keyHash() {
        return Keys.hashOf(publicKey);
    }
}
