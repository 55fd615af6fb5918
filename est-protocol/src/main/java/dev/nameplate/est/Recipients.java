package dev.nameplate.est;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KEKIdentifier;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.GenericKey;

/** Who can open an envelope, and how (RFC 5652, 6.2): the named secret (kekri), the named RSA key (ktri) or EC key (kari). */
final class Recipients {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final SecureRandom random;

    Recipients(SecureRandom random) {
        this.random = random;
    }

    RecipientInfo info(KeyRecipient recipient, Capabilities capabilities, byte[] contentKey)
            throws GeneralSecurityException {
        return switch (recipient) {
            case KeyRecipient.Secret secret -> bySecret(secret, contentKey);
            case KeyRecipient.PublicKey key ->
                key.key().getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        ? byAgreement(key, capabilities, contentKey)
                        : byTransport(key, capabilities.keyTransport(), contentKey);
        };
    }

    private static RecipientInfo bySecret(KeyRecipient.Secret secret, byte[] contentKey)
            throws GeneralSecurityException {
        ASN1ObjectIdentifier wrap = switch (secret.key().length) {
            case 16 -> NISTObjectIdentifiers.id_aes128_wrap;
            case 24 -> NISTObjectIdentifiers.id_aes192_wrap;
            case 32 -> NISTObjectIdentifiers.id_aes256_wrap;
            default -> throw new IllegalArgumentException("the secret is no AES key");
        };
        Cipher cipher = Cipher.getInstance("AES/KW/NoPadding", "SunJCE");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret.key(), "AES"));
        return new RecipientInfo(new KEKRecipientInfo(
                new KEKIdentifier(secret.id().getOctets(), null, null),
                new AlgorithmIdentifier(wrap),
                new DEROctetString(cipher.doFinal(contentKey))));
    }

    private RecipientInfo byTransport(KeyRecipient.PublicKey key, AlgorithmIdentifier algorithm, byte[] contentKey)
            throws GeneralSecurityException {
        Cipher cipher;
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
            cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
            cipher.init(Cipher.ENCRYPT_MODE, java(key.key()), oaep(algorithm), random);
        } else {
            cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
            cipher.init(Cipher.ENCRYPT_MODE, java(key.key()), random);
        }
        return new RecipientInfo(new KeyTransRecipientInfo(
                new RecipientIdentifier(key.id()), algorithm, new DEROctetString(cipher.doFinal(contentKey))));
    }

    private RecipientInfo byAgreement(KeyRecipient.PublicKey key, Capabilities capabilities, byte[] contentKey)
            throws GeneralSecurityException {
        ECPublicKey recipient = (ECPublicKey) java(key.key());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
        generator.initialize(recipient.getParams(), random);
        KeyPair ephemeral = generator.generateKeyPair();
        Capabilities.Cipher cipher = capabilities.cipher().orElseThrow();
        try {
            return new JceKeyAgreeRecipientInfoGenerator(
                            capabilities.keyAgreement(), ephemeral.getPrivate(), ephemeral.getPublic(), cipher.wrap())
                    .setProvider(BOUNCY_CASTLE)
                    .setSecureRandom(random)
                    .addRecipient(key.id().getOctets(), recipient)
                    .generate(new GenericKey(new AlgorithmIdentifier(cipher.type()), contentKey));
        } catch (CMSException e) {
            throw new GeneralSecurityException("no key can be agreed on with the recipient", e);
        }
    }

    private static PublicKey java(SubjectPublicKeyInfo key) throws GeneralSecurityException {
        try {
            return BouncyCastleProvider.getPublicKey(key);
        } catch (IOException e) {
            throw new GeneralSecurityException("the recipient's key cannot be read", e);
        }
    }

    private static OAEPParameterSpec oaep(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
        String hash = hash(parameters.getHashAlgorithm());
        String mask = hash(
                AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters()));
        return new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), PSource.PSpecified.DEFAULT);
    }

    private static String hash(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        ASN1ObjectIdentifier type = algorithm.getAlgorithm();
        if (type.equals(NISTObjectIdentifiers.id_sha256)) {
            return "SHA-256";
        }
        if (type.equals(NISTObjectIdentifiers.id_sha384)) {
            return "SHA-384";
        }
        if (type.equals(OIWObjectIdentifiers.idSHA1)) {
            return "SHA-1";
        }
        throw new GeneralSecurityException("no OAEP with " + type);
    }
}
