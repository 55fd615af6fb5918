package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.LintedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import java.io.IOException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** A CA's key in the vault, with the public key that everything it returns is checked against. */
final class CaKey {
    private final SigningKey key;
    private final SubjectPublicKeyInfo publicKey;
    private final AsymmetricKeyParameter verifier;
    private final SignatureScheme scheme;

    /** @param publicKey from the certificate, or from the vault while there is none */
    CaKey(SigningKey key, SubjectPublicKeyInfo publicKey) {
        this.key = key;
        this.publicKey = publicKey;
        this.verifier = parsed(publicKey);
        this.scheme = SignatureScheme.defaultFor(KeySpec.of(publicKey)
                .orElseThrow(() -> new IllegalArgumentException("a CA's key is of a kind that no vault has")));
    }

    SubjectPublicKeyInfo publicKey() {
        return publicKey;
    }

    AlgorithmIdentifier algorithm() {
        return scheme.identifier();
    }

    CertificateDer sign(LintedCertificate linted) {
        DERSequence signed = new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            linted.tbs(), algorithm(), new DERBitString(sign(linted.octets()))
        });
        CertificateDer certificate = CertificateDer.of(new X509CertificateHolder(Certificate.getInstance(signed)));
        linted.requireSameContent(certificate);
        return certificate;
    }

    /** @throws SigningUnavailableException if what came back does not verify */
    byte[] sign(byte[] message) {
        byte[] signature = key.sign(scheme, message);
        if (!Signatures.verifies(algorithm(), verifier, message, signature)) {
            throw wrongSignature();
        }
        return signature;
    }

    /** The hash that goes before {@link #signDigest}. */
    MessageDigest newDigest() {
        return scheme.newDigest(publicKey);
    }

    /**
     * Like {@link #sign(byte[])}, for a message that was hashed with {@link #newDigest}.
     *
     * @throws SigningUnavailableException if what came back does not verify
     */
    byte[] signDigest(byte[] digest) {
        byte[] signature = key.signDigest(scheme, digest);
        if (!Signatures.verifiesDigest(algorithm(), verifier, digest, signature)) {
            throw wrongSignature();
        }
        return signature;
    }

    private SigningUnavailableException wrongSignature() {
        return new SigningUnavailableException(
                "the token returned a wrong signature for " + key.uri() + "; check that the key there is the issuer's");
    }

    private static AsymmetricKeyParameter parsed(SubjectPublicKeyInfo key) {
        try {
            return PublicKeyFactory.createKey(key);
        } catch (IOException e) {
            throw new IllegalArgumentException("a CA's public key cannot be parsed", e);
        }
    }
}
