package dev.nameplate.hsm.software;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.VaultKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** A key pair on the heap. */
record SoftwareKey(VaultKey described, AsymmetricKeyParameter privateKey, SecureRandom random) {
    private static final BigInteger F4 = BigInteger.valueOf(65537);
    private static final int PRIME_CERTAINTY = 100;

    static SoftwareKey generate(KeyUri uri, KeySpec spec, SecureRandom random) {
        AsymmetricCipherKeyPair pair = generator(spec, random).generateKeyPair();
        VaultKey described = new VaultKey(uri, spec, publicKey(pair), false, false, true);
        return new SoftwareKey(described, pair.getPrivate(), random);
    }

    DeviceKey toGive(byte[] wrappingKey) {
        try {
            byte[] pkcs8 =
                    PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded();
            return DeviceKey.wrapping(described.publicKey(), pkcs8, wrappingKey);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    boolean isNamed(KeyUri uri) {
        return uri.object()
                        .map(object -> described.uri().object().equals(java.util.Optional.of(object)))
                        .orElse(true)
                && uri.id()
                        .map(id -> described.uri().id().equals(java.util.Optional.of(id)))
                        .orElse(true);
    }

    /**
     * Signs.
     *
     * @param input the digest, or for Ed25519 and ML-DSA the message
     */
    byte[] sign(SignatureScheme scheme, byte[] input) {
        scheme.require(described.spec());
        return switch (described.spec()) {
            case EC_P256, EC_P384 -> ecdsa(input);
            case RSA_3072, RSA_4096 -> rsa(scheme, input);
            case ED25519 -> ed25519(input);
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
                mlDsa(signer -> {
                    signer.update(input, 0, input.length);
                    return signer.generateSignature();
                });
        };
    }

    /**
     * Signs what {@link SignatureScheme#newDigest} made of a message.
     *
     * @param digest the hash, or for ML-DSA mu
     */
    byte[] signDigest(SignatureScheme scheme, byte[] digest) {
        if (!described.spec().mlDsa()) {
            return sign(scheme, digest);
        }
        scheme.require(described.spec());
        return mlDsa(signer -> signer.generateMuSignature(digest));
    }

    private interface Signing {
        byte[] by(MLDSASigner signer) throws CryptoException;
    }

    private byte[] mlDsa(Signing signing) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(privateKey, random));
        try {
            return signing.by(signer);
        } catch (CryptoException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] ecdsa(byte[] digest) {
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(privateKey, random));
        BigInteger[] rs = signer.generateSignature(digest);
        try {
            return StandardDSAEncoding.INSTANCE.encode(signer.getOrder(), rs[0], rs[1]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private byte[] rsa(SignatureScheme scheme, byte[] digest) {
        PKCS1Encoding engine = new PKCS1Encoding(new RSABlindedEngine());
        engine.init(true, new ParametersWithRandom(privateKey, random));
        try {
            byte[] info = new DigestInfo(scheme.digestIdentifier(), digest).getEncoded();
            return engine.processBlock(info, 0, info.length);
        } catch (IOException | CryptoException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] ed25519(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private static AsymmetricCipherKeyPairGenerator generator(KeySpec spec, SecureRandom random) {
        return switch (spec) {
            case EC_P256, EC_P384 -> ec(spec.curve().orElseThrow(), random);
            case RSA_3072, RSA_4096 -> rsa(spec.bits(), random);
            case ED25519 -> {
                Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
                generator.init(new Ed25519KeyGenerationParameters(random));
                yield generator;
            }
            case ML_DSA_44 -> mlDsa(MLDSAParameters.ml_dsa_44, random);
            case ML_DSA_65 -> mlDsa(MLDSAParameters.ml_dsa_65, random);
            case ML_DSA_87 -> mlDsa(MLDSAParameters.ml_dsa_87, random);
        };
    }

    private static AsymmetricCipherKeyPairGenerator mlDsa(MLDSAParameters parameters, SecureRandom random) {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(random, parameters));
        return generator;
    }

    private static AsymmetricCipherKeyPairGenerator ec(ASN1ObjectIdentifier curve, SecureRandom random) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(curve), random));
        return generator;
    }

    private static AsymmetricCipherKeyPairGenerator rsa(int bits, SecureRandom random) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(F4, random, bits, PRIME_CERTAINTY));
        return generator;
    }

    private static SubjectPublicKeyInfo publicKey(AsymmetricCipherKeyPair pair) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
