package dev.nameplate.ca.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
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
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** A key pair as a device makes it. */
public record DeviceKey(AsymmetricKeyParameter privateKey, SubjectPublicKeyInfo publicKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeviceKey p256() {
        return onCurve(SECObjectIdentifiers.secp256r1);
    }

    public static DeviceKey onCurve(ASN1ObjectIdentifier curve) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(curve), RANDOM));
        return of(generator);
    }

    public static DeviceKey rsa(int bits) {
        return rsa(bits, BigInteger.valueOf(65_537));
    }

    public static DeviceKey rsa(int bits, BigInteger exponent) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(exponent, RANDOM, bits, 20));
        return of(generator);
    }

    public static DeviceKey ed25519() {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(RANDOM));
        return of(generator);
    }

    /** @param parameters as {@link MLDSAParameters#ml_dsa_65} */
    public static DeviceKey mlDsa(MLDSAParameters parameters) {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(RANDOM, parameters));
        return of(generator);
    }

    private static DeviceKey of(AsymmetricCipherKeyPairGenerator generator) {
        try {
            AsymmetricCipherKeyPair pair = generator.generateKeyPair();
            return new DeviceKey(
                    pair.getPrivate(), SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
