package dev.nameplate.est;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcEdECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;

/** For the client: a signer for each kind of key, with the hash that fits the key. */
public final class CsrSigners {
    private static final int P384_BITS = 384;

    private CsrSigners() {}

    /** @throws IllegalArgumentException if the key is not EC, RSA or Ed25519, or has no encoding */
    public static ContentSigner of(PrivateKey key) {
        try {
            AsymmetricKeyParameter parameters = PrivateKeyFactory.createKey(key.getEncoded());
            return builder(parameters).build(parameters);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalArgumentException("the private key cannot sign requests", e);
        }
    }

    private static BcContentSignerBuilder builder(AsymmetricKeyParameter key) {
        return switch (key) {
            case ECPrivateKeyParameters ec ->
                ecdsa(ec.getParameters().getCurve().getFieldSize());
            case RSAKeyParameters _ -> {
                var hash = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
                yield new BcRSAContentSignerBuilder(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE), hash);
            }
            case Ed25519PrivateKeyParameters _ ->
                new BcEdECContentSignerBuilder(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519));
            default -> throw new IllegalArgumentException("the private key is not EC, RSA or Ed25519");
        };
    }

    private static BcContentSignerBuilder ecdsa(int fieldBits) {
        if (fieldBits < P384_BITS) {
            return ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA256, NISTObjectIdentifiers.id_sha256);
        }
        return fieldBits == P384_BITS
                ? ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA384, NISTObjectIdentifiers.id_sha384)
                : ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA512, NISTObjectIdentifiers.id_sha512);
    }

    private static BcContentSignerBuilder ecdsa(ASN1ObjectIdentifier signature, ASN1ObjectIdentifier hash) {
        return new BcECContentSignerBuilder(new AlgorithmIdentifier(signature), new AlgorithmIdentifier(hash));
    }
}
