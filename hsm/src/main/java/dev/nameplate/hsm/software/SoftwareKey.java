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
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
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
     * @param input the digest, or for Ed25519 the message
     */
    byte[] sign(SignatureScheme scheme, byte[] input) {
        scheme.require(described.spec());
        return switch (described.spec()) {
            case EC_P256, EC_P384 -> ecdsa(input);
            case RSA_3072, RSA_4096 -> rsa(scheme, input);
            case ED25519 -> ed25519(input);
        };
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
        };
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
