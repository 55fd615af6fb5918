package dev.nameplate.ca.pki;

import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A well-formed certification request (RFC 2986): data about what somebody would like, nothing that was checked.
 *
 * @param request the request as received, its signature not yet verified
 * @param requestedExtensions the extensionRequest attribute, if any
 * @param attributes the types of all attributes present
 */
public record Csr(
        PKCS10CertificationRequest request,
        Optional<Extensions> requestedExtensions,
        Set<ASN1ObjectIdentifier> attributes) {
    public Csr {
        attributes = Set.copyOf(attributes);
    }

    public X500Name subject() {
        return request.getSubject();
    }

    public SubjectPublicKeyInfo publicKey() {
        return request.getSubjectPublicKeyInfo();
    }

    public Sha256 keyHash() {
        return Keys.hashOf(publicKey());
    }
}
