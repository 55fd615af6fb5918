package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Has a unit the key of its certificate? It has if it signs {@code nameplate-unit-v1} in ASCII, a zero octet and the 32 octets of
 * the nonce: ECDSA (DER) or RSA PKCS#1 with SHA-256, or Ed25519.
 */
public final class PossessionCheck {
    private static final byte[] DOMAIN = "nameplate-unit-v1\0".getBytes(StandardCharsets.US_ASCII);

    private PossessionCheck() {}

    /** What a unit signs. */
    public static byte[] message(Sha256 nonce) {
        byte[] message = new byte[DOMAIN.length + Sha256.OCTETS];
        System.arraycopy(DOMAIN, 0, message, 0, DOMAIN.length);
        System.arraycopy(nonce.octets(), 0, message, DOMAIN.length, Sha256.OCTETS);
        return message;
    }

    /** Whether this is a signature by the certificate's key over such a message, as whoever has the message can tell. */
    public static boolean signs(CertificateDer certificate, byte[] message, byte[] signature) {
        AsymmetricKeyParameter key = key(certificate);
        return algorithm(key)
                .filter(algorithm -> Signatures.verifies(algorithm, key, message, signature))
                .isPresent();
    }

    /** @return the proof, unless this is not the unit's signature */
    static Optional<PossessionProof> check(DeviceId unit, CertificateDer certificate, Sha256 nonce, byte[] signature) {
        return signs(certificate, message(nonce), signature)
                ? Optional.of(new PossessionProof(unit, certificate.serial()))
                : Optional.empty();
    }

    private static AsymmetricKeyParameter key(CertificateDer certificate) {
        try {
            return PublicKeyFactory.createKey(certificate.parsed().getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new IllegalStateException("the key of a certificate issued here cannot be parsed", e);
        }
    }

    private static Optional<AlgorithmIdentifier> algorithm(AsymmetricKeyParameter key) {
        Optional<ASN1ObjectIdentifier> type = switch (key) {
            case ECPublicKeyParameters _ -> Optional.of(X9ObjectIdentifiers.ecdsa_with_SHA256);
            case RSAKeyParameters _ -> Optional.of(PKCSObjectIdentifiers.sha256WithRSAEncryption);
            case Ed25519PublicKeyParameters _ -> Optional.of(EdECObjectIdentifiers.id_Ed25519);
            default -> Optional.empty();
        };
        return type.map(AlgorithmIdentifier::new);
    }
}
