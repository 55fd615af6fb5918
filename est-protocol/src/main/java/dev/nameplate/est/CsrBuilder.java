package dev.nameplate.est;

import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** For the client: makes certification requests. Not for several threads at once. */
public final class CsrBuilder {
    private final SubjectPublicKeyInfo publicKey;
    private final ContentSigner signer;
    private static final DERSequence CAPABILITIES = new DERSequence(new ASN1Encodable[] {
        new DERSequence(NISTObjectIdentifiers.id_aes256_CBC),
        new DERSequence(NISTObjectIdentifiers.id_aes128_CBC),
        new DERSequence(PKCSObjectIdentifiers.id_RSAES_OAEP)
    });

    private Optional<Decryption> decryption = Optional.empty();
    private final List<Extension> extensions = new ArrayList<>();
    private X500Name subject = new X500Name(new RDN[0]);
    private Optional<String> challengePassword = Optional.empty();

    /** Which key opens what the server seals: the attribute that names it, and its name. */
    private record Decryption(ASN1ObjectIdentifier type, DEROctetString id) {}

    private CsrBuilder(SubjectPublicKeyInfo publicKey, ContentSigner signer) {
        this.publicKey = publicKey;
        this.signer = signer;
    }

    /**
     * @param keys EC, RSA or Ed25519, with encodings
     * @throws IllegalArgumentException if the keys are of another kind, or have no encoding
     */
    public static CsrBuilder forKey(KeyPair keys) {
        return forSigner(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), CsrSigners.of(keys.getPrivate()));
    }

    /** For keys that live elsewhere, in a token. */
    public static CsrBuilder forSigner(SubjectPublicKeyInfo publicKey, ContentSigner signer) {
        return new CsrBuilder(publicKey, signer);
    }

    public CsrBuilder subject(X500Name name) {
        subject = name;
        return this;
    }

    /** Not critical, except where the subject is empty (RFC 5280, 4.2.1.6): give the subject first. */
    public CsrBuilder subjectAltNames(GeneralNames names) {
        boolean critical = subject.getRDNs().length == 0;
        return extension(Asn1.reading(
                "subjectAltName", () -> Extension.create(Extension.subjectAlternativeName, critical, names)));
    }

    public CsrBuilder extension(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /** In EST the channel binding in base64 (RFC 7030, 3.5). */
    public CsrBuilder challengePassword(String password) {
        challengePassword = Optional.of(password);
        return this;
    }

    /** Asks for the same subject and subjectAltName, byte for byte, as re-enrolment must (RFC 7030, 4.2.2). */
    public CsrBuilder renewalOf(X509CertificateHolder certificate) {
        subject = certificate.getSubject();
        Optional.ofNullable(certificate.getExtension(Extension.subjectAlternativeName))
                .ifPresent(this::extension);
        return this;
    }

    /** Asks for a key sealed to this certificate (RFC 7030, 4.4.1.2), with AES and, for RSA, OAEP. */
    public CsrBuilder decryptingWith(X509CertificateHolder certificate) {
        var identifier = SubjectKeyIdentifier.fromExtensions(certificate.getExtensions());
        if (identifier == null) {
            throw new IllegalArgumentException("the certificate to decrypt with has no subjectKeyIdentifier");
        }
        decryption = Optional.of(new Decryption(
                KeyProtection.ASYMMETRIC_DECRYPT_KEY_IDENTIFIER, new DEROctetString(identifier.getKeyIdentifier())));
        return this;
    }

    /** Asks for a key sealed by the secret that both ends know by this id (RFC 7030, 4.4.1.1), with AES. */
    public CsrBuilder decryptingWithSecret(byte[] id) {
        decryption = Optional.of(new Decryption(KeyProtection.DECRYPT_KEY_IDENTIFIER, new DEROctetString(id)));
        return this;
    }

    /** @throws IllegalStateException if the key cannot sign */
    public Pkcs10 build() {
        var builder = new PKCS10CertificationRequestBuilder(subject, publicKey);
        if (!extensions.isEmpty()) {
            add(builder, AttributesReader.EXTENSION_REQUEST, new Extensions(extensions.toArray(Extension[]::new)));
        }
        challengePassword.ifPresent(
                password -> add(builder, AttributesReader.CHALLENGE_PASSWORD, new DERPrintableString(password)));
        decryption.ifPresent(named -> {
            add(builder, named.type(), named.id());
            add(builder, KeyProtection.SMIME_CAPABILITIES, CAPABILITIES);
        });
        try {
            return Pkcs10.parse(builder.build(signer).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("the request cannot be encoded", e);
        }
    }

    private static void add(PKCS10CertificationRequestBuilder builder, ASN1ObjectIdentifier type, ASN1Encodable value) {
        builder.addAttribute(type, value);
    }
}
