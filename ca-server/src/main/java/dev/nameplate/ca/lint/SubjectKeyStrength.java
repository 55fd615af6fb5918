package dev.nameplate.ca.lint;

import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** RSA from 2048 bits, the three large NIST curves by name (RFC 5480, 2.1.1), Ed25519, ML-DSA without parameters (RFC 9881, 4). */
final class SubjectKeyStrength implements Lint {
    private static final int MIN_RSA_BITS = 2048;
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private static final Set<ASN1ObjectIdentifier> ML_DSA = Set.of(
            NISTObjectIdentifiers.id_ml_dsa_44, NISTObjectIdentifiers.id_ml_dsa_65, NISTObjectIdentifiers.id_ml_dsa_87);

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        if (!strong(draft.tbs().getSubjectPublicKeyInfo())) {
            finding.accept("the subject's key is too weak or of a kind that is not issued for");
        }
    }

    private static boolean strong(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier type = key.getAlgorithm().getAlgorithm();
        if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve && CURVES.contains(curve);
        }
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return RSAPublicKey.getInstance(key.getPublicKeyData().getOctets())
                            .getModulus()
                            .bitLength()
                    >= MIN_RSA_BITS;
        }
        return type.equals(EdECObjectIdentifiers.id_Ed25519)
                || (ML_DSA.contains(type) && key.getAlgorithm().getParameters() == null);
    }
}
