package dev.nameplate.est;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A well-formed certification request (RFC 2986). Immutable. Nothing in it is verified but its form: whether it may be
 * granted, its signature included, is for the CA to decide.
 *
 * <p>The encoding is DER in its tags and lengths, all the way down. The order inside a SET is not insisted on, since
 * clients get it wrong and {@link #signatureIsValid()} is computed over the bytes as they came.
 */
public final class Pkcs10 {
    private final byte[] der;
    private final RequestInfo info;
    private final AlgorithmIdentifier signatureAlgorithm;
    private final byte[] signature;

    Pkcs10(byte[] der, RequestInfo info, AlgorithmIdentifier signatureAlgorithm, byte[] signature) {
        this.der = der;
        this.info = info;
        this.signatureAlgorithm = signatureAlgorithm;
        this.signature = signature;
    }

    /** @throws MalformedMessageException if this is not exactly one PKCS#10 of version 0, or it contradicts itself */
    public static Pkcs10 parse(byte[] der) {
        return Pkcs10Reader.read(der.clone());
    }

    /** The request as it came. */
    public byte[] der() {
        return der.clone();
    }

    public X500Name subject() {
        return info.subject();
    }

    /** Well-formed on the outside only: the key inside may be nonsense, see {@link #signatureIsValid()}. */
    public SubjectPublicKeyInfo publicKey() {
        return info.publicKey();
    }

    public AlgorithmIdentifier signatureAlgorithm() {
        return signatureAlgorithm;
    }

    /**
     * What the extensionRequest attribute asks for (RFC 2985, 5.4.2, or Microsoft's attribute of the same form), each
     * extension once, each value one DER value. These are wishes: never copy them.
     */
    public Optional<Extensions> requestedExtensions() {
        return info.attributes().extensions();
    }

    /** The requested subjectAltName, with at least one name. */
    public Optional<GeneralNames> subjectAltNames() {
        return info.attributes().subjectAltNames();
    }

    /** In EST a channel binding in base64, and to be verified whenever it is present (RFC 7030, 3.5). */
    public Optional<String> challengePassword() {
        return info.attributes().challengePassword();
    }

    /** RFC 7894, 3.1. */
    public Optional<String> otpChallenge() {
        return info.attributes().otpChallenge();
    }

    /** RFC 7894, 3.2. */
    public Optional<String> revocationChallenge() {
        return info.attributes().revocationChallenge();
    }

    /** RFC 7894, 3.3. */
    public Optional<String> estIdentityLinking() {
        return info.attributes().estIdentityLinking();
    }

    /** To be processed whole, or the request refused; never to be ignored (RFC 7030, 4.2.1 and 4.2.2). */
    public Optional<ChangeSubjectName> changeSubjectName() {
        return info.attributes().changeSubjectName();
    }

    /** The types of all attributes, those this class reads and any other. Each occurs once. */
    public Set<ASN1ObjectIdentifier> attributeTypes() {
        return info.attributes().byType().keySet();
    }

    public Optional<Attribute> attribute(ASN1ObjectIdentifier type) {
        return Optional.ofNullable(info.attributes().byType().get(type));
    }

    /**
     * Whether the request was signed with the private key that belongs to its public key. EC keys on named curves with
     * ECDSA, RSA up to 8192 bits with PKCS#1 v1.5 or PSS, with SHA-256, SHA-384 or SHA-512, Ed25519, and ML-DSA. Whatever else
     * is false, MD5 and SHA-1 included, and so is a key that makes no sense, such as a point off its curve. Never throws.
     */
    public boolean signatureIsValid() {
        return ProofOfPossession.holds(publicKey(), signatureAlgorithm, signed(), signature);
    }

    /** The signature as it came, and what it is over. */
    public RequestedCertificate.Proof proof() {
        return new RequestedCertificate.Proof(signatureAlgorithm, signed(), signature.clone());
    }

    private byte[] signed() {
        int from = DerScan.contentStart(der, 0);
        return Arrays.copyOfRange(der, from, DerScan.end(der, from));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pkcs10 that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    /** Without the attributes, which may carry secrets. */
    @Override
    public String toString() {
        return "Pkcs10[subject=" + subject() + ", key="
                + publicKey().getAlgorithm().getAlgorithm() + "]";
    }
}
