package dev.nameplate.ca.testkit;

import dev.nameplate.ca.pki.Csr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Makes CSRs, good ones and bad ones. */
public final class Csrs {
    private final DeviceKey key;
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();
    private PKCS10CertificationRequestBuilder builder;
    private String algorithm;
    private SubjectPublicKeyInfo publicKey;
    private X500Name subject = new X500Name("");
    private final java.util.List<Attribute> attributes = new java.util.ArrayList<>();

    private Csrs(DeviceKey key) {
        this.key = key;
        this.publicKey = key.publicKey();
        this.builder = new PKCS10CertificationRequestBuilder(subject, publicKey);
        this.algorithm = switch (key.privateKey()) {
            case RSAKeyParameters ignored -> "SHA256withRSA";
            case Ed25519PrivateKeyParameters ignored -> "Ed25519";
            case MLDSAPrivateKeyParameters mlDsa -> mlDsa.getParameters().getName();
            default -> "SHA256withECDSA";
        };
    }

    public static Csrs by(DeviceKey key) {
        return new Csrs(key);
    }

    /** The usual one: this common name and a fresh P-256 key. */
    public static Csr named(String commonName) {
        return by(DeviceKey.p256()).subject("CN=" + commonName).csr();
    }

    public Csrs subject(String name) {
        return subject(new X500Name(name));
    }

    public Csrs subject(X500Name name) {
        subject = name;
        return this;
    }

    public Csrs dns(String... names) {
        return alternatives(Arrays.stream(names)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    public Csrs alternatives(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, new GeneralNames(names));
    }

    public Csrs extension(ASN1ObjectIdentifier type, ASN1Encodable value) {
        try {
            extensions.addExtension(type, false, value);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Csrs attribute(String type, String value) {
        attributes.add(new Attribute(new ASN1ObjectIdentifier(type), new DERSet(new DERUTF8String(value))));
        return this;
    }

    /** Other names than those of the request (RFC 6402, 2.8), as the corrected syntax writes it. */
    public Csrs changingNames(X500Name to, GeneralName... names) {
        ASN1Encodable[] fields = names.length == 0
                ? new ASN1Encodable[] {to}
                : new ASN1Encodable[] {to, new DERTaggedObject(false, 1, new GeneralNames(names))};
        attributes.add(
                new Attribute(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36"), new DERSet(new DERSequence(fields))));
        return this;
    }

    public Csrs signedWith(String signatureAlgorithm) {
        algorithm = signatureAlgorithm;
        return this;
    }

    /** Another public key than the one whose private key signs. */
    public Csrs claiming(SubjectPublicKeyInfo other) {
        publicKey = other;
        return this;
    }

    public Csr csr() {
        return parsed(request());
    }

    public byte[] octets() {
        try {
            return request().toASN1Structure().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Csr parsed(PKCS10CertificationRequest request) {
        try {
            return new Csr(
                    request.getSubject(),
                    request.getSubjectPublicKeyInfo(),
                    Optional.ofNullable(request.getRequestedExtensions()),
                    Arrays.asList(request.getAttributes()),
                    Optional.of(new Csr.Proof(
                            request.getSignatureAlgorithm(),
                            request.toASN1Structure()
                                    .getCertificationRequestInfo()
                                    .getEncoded(ASN1Encoding.DER),
                            request.getSignature())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private PKCS10CertificationRequest request() {
        builder = new PKCS10CertificationRequestBuilder(subject, publicKey);
        attributes.forEach(attribute -> builder.addAttribute(attribute.getAttrType(), attribute.getAttributeValues()));
        if (!extensions.isEmpty()) {
            Extensions all = extensions.generate();
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, all);
        }
        try {
            return new PKCS10CertificationRequest(builder.build(signer()).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() {
        AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        try {
            if (key.privateKey() instanceof MLDSAPrivateKeyParameters) {
                return new WholeMessageSigner(signature, new MLDSASigner(), key.privateKey());
            }
            if (key.privateKey() instanceof Ed25519PrivateKeyParameters) {
                return new WholeMessageSigner(signature, new Ed25519Signer(), key.privateKey());
            }
            AlgorithmIdentifier digest = DefaultDigestAlgorithmIdentifierFinder.INSTANCE.find(signature);
            BcContentSignerBuilder signer = key.privateKey() instanceof RSAKeyParameters
                    ? new BcRSAContentSignerBuilder(signature, digest)
                    : new BcECContentSignerBuilder(signature, digest);
            return signer.build(key.privateKey());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs the message itself rather than a digest of it. */
    private record WholeMessageSigner(AlgorithmIdentifier algorithm, Signer signer, ByteArrayOutputStream message)
            implements ContentSigner {
        WholeMessageSigner(AlgorithmIdentifier algorithm, Signer signer, AsymmetricKeyParameter key) {
            this(algorithm, signer, new ByteArrayOutputStream());
            signer.init(true, key);
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            signer.update(message.toByteArray(), 0, message.size());
            try {
                return signer.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
