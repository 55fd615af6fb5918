package dev.nameplate.ca.station;

import dev.nameplate.ca.factory.PossessionCheck;
import dev.nameplate.ca.factory.export.StationEnvelope;
import dev.nameplate.ca.factory.keys.KeyRecipient;
import dev.nameplate.ca.factory.offline.SealedUnit;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Opens units of a bundle on the station they were made for, and takes nothing that is not the CA's. */
public final class UnitOpener {
    private final PrivateKey recipient;
    private final byte[] kek;
    private final Optional<Sha256> root;

    /**
     * @param kek the key-encryption key of batch and station
     * @param root what certificates must lead to, if that is known
     */
    public UnitOpener(PrivateKey recipient, byte[] kek, Optional<Sha256> root) {
        this.recipient = recipient;
        this.kek = kek.clone();
        this.root = root;
    }

    DrawnBundle.Given open(DeviceId unit, byte[] sealed) {
        try {
            SealedUnit content = SealedUnit.parse(StationEnvelope.open(sealed, recipient));
            require(content.unit().equals(unit), "it is another unit");
            requireIssued(content.chain());
            byte[] key = KeyRecipient.open(kek, content.wrappedKey());
            require(
                    PossessionCheck.signs(content.certificate(), content.toSign(), signature(content, key)),
                    "its key is not its certificate's");
            return new DrawnBundle.Given(content, key);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new DamagedBundleException("unit " + unit + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void requireIssued(List<CertificateDer> chain) {
        for (int at = 0; at + 1 < chain.size(); at++) {
            require(signedBy(chain.get(at).parsed(), chain.get(at + 1).parsed()), "its certificate is not of this CA");
        }
        require(
                root.isEmpty() || root.get().equals(chain.getLast().fingerprint()),
                "its certificate does not lead to the root in tls/ca.pem");
    }

    private static boolean signedBy(X509CertificateHolder below, X509CertificateHolder above) {
        try {
            return Signatures.verifies(
                    below.getSignatureAlgorithm(),
                    PublicKeyFactory.createKey(above.getSubjectPublicKeyInfo()),
                    below.toASN1Structure().getTBSCertificate().getEncoded(),
                    below.getSignature());
        } catch (IOException notAKey) {
            return false;
        }
    }

    private static byte[] signature(SealedUnit unit, byte[] pkcs8) throws GeneralSecurityException {
        boolean rsa = unit.certificate()
                .parsed()
                .getSubjectPublicKeyInfo()
                .getAlgorithm()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.rsaEncryption);
        PrivateKey key = KeyFactory.getInstance(rsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signer.initSign(key);
        signer.update(unit.toSign());
        return signer.sign();
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
