package dev.nameplate.hsm.software;

import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.OaepInfo;
import dev.nameplate.hsm.OutsideKek;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.WrappedKeyDamagedException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/** What a token does when it wraps, done by the JDK. */
final class SoftwareWrapping {
    private static final AlgorithmIdentifier SHA1 =
            new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);
    private static final AlgorithmIdentifier OAEP = new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSAES_OAEP,
            new RSAESOAEPparams(
                    SHA1,
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA1),
                    RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

    private static final int RECEIVER_BITS = 3072;

    private SoftwareWrapping() {}

    static byte[] handOver(OutsideKek value, KekRecipient recipient) {
        return switch (recipient) {
            case KekRecipient.Rsa rsa -> rsa.recipientInfo(OAEP, encrypted(value, rsa));
            case KekRecipient.Ec ec -> value.recipientInfo(ec);
        };
    }

    /** A key pair that another vault's key is encrypted to. */
    static KeyPair receiver() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
            generator.initialize(RECEIVER_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime makes RSA keys", e);
        }
    }

    /** What was encrypted to it. @throws TokenRefusedException if it was not */
    static OutsideKek taken(byte[] recipientInfo, KeyPair receiver) {
        OaepInfo info = OaepInfo.parse(recipientInfo);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
            String hash = info.sha256() ? "SHA-256" : "SHA-1";
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    receiver.getPrivate(),
                    new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
            return OutsideKek.of(cipher.doFinal(info.encryptedKey()));
        } catch (GeneralSecurityException e) {
            throw new TokenRefusedException("the other vault's key is not encrypted to this one", e);
        }
    }

    static byte[] wrap(OutsideKek value, SoftwareKey key) {
        try {
            byte[] pkcs8 =
                    PrivateKeyInfoFactory.createPrivateKeyInfo(key.privateKey()).getEncoded();
            try {
                return cipher(Cipher.ENCRYPT_MODE, value).doFinal(pkcs8);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java runtime has AES key wrap", e);
        }
    }

    /** @throws WrappedKeyDamagedException if this is not under that key */
    static byte[] rewrap(byte[] wrapped, OutsideKek from, OutsideKek to) {
        try {
            byte[] pkcs8 = cipher(Cipher.DECRYPT_MODE, from).doFinal(wrapped);
            try {
                return cipher(Cipher.ENCRYPT_MODE, to).doFinal(pkcs8);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new WrappedKeyDamagedException("a wrapped key is not under this key-encryption key", e);
        }
    }

    private static Cipher cipher(int mode, OutsideKek value) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding", "SunJCE");
        cipher.init(mode, new SecretKeySpec(value.value(), "AES"));
        return cipher;
    }

    private static byte[] encrypted(OutsideKek value, KekRecipient.Rsa recipient) {
        try {
            PublicKey key = KeyFactory.getInstance("RSA", "SunRsaSign")
                    .generatePublic(new X509EncodedKeySpec(recipient.key().getEncoded()));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", "SunJCE");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(value.value());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java runtime has RSAES-OAEP", e);
        }
    }
}
