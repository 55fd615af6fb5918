package dev.nameplate.ca.lint;

import java.util.function.Consumer;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Key usage fits the key and the extended usages (RFC 5280, 4.2.1.3 and 4.2.1.12). */
final class UsageConsistency implements Lint {
    private static final int FOR_TLS = KeyUsage.digitalSignature;

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        KeyUsage usage = KeyUsage.fromExtensions(draft.extensions());
        if (usage != null
                && usage.toASN1Primitive() instanceof org.bouncycastle.asn1.ASN1BitString bits
                && bits.intValue() == 0) {
            finding.accept("keyUsage has no bit set");
        }
        boolean rsa = PKCSObjectIdentifiers.rsaEncryption.equals(
                draft.tbs().getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm());
        if (!rsa && draft.mayUse(KeyUsage.keyEncipherment)) {
            finding.accept("keyEncipherment for a key that cannot encrypt");
        }
        if (mlDsa(draft) && draft.mayUse(KeyUsage.keyAgreement)) {
            finding.accept("keyAgreement for an ML-DSA key, which only signs (RFC 9881, 5)");
        }
        if (rsa && draft.mayUse(KeyUsage.keyAgreement)) {
            finding.accept("keyAgreement for an RSA key");
        }
        checkExtended(draft, usage, finding);
    }

    private static boolean mlDsa(Draft draft) {
        return draft.tbs()
                .getSubjectPublicKeyInfo()
                .getAlgorithm()
                .getAlgorithm()
                .on(NISTObjectIdentifiers.sigAlgs);
    }

    private static void checkExtended(
            Draft draft, @org.jspecify.annotations.Nullable KeyUsage usage, Consumer<String> finding) {
        if (draft.extension(Extension.extendedKeyUsage) == null) {
            return;
        }
        ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(draft.extensions());
        if (extended.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
            finding.accept("anyExtendedKeyUsage");
        }
        boolean signs = extended.hasKeyPurposeId(KeyPurposeId.id_kp_clientAuth)
                || extended.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)
                || extended.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
        if (signs && usage != null && !usage.hasUsages(FOR_TLS)) {
            finding.accept("extendedKeyUsage for TLS or OCSP without digitalSignature");
        }
    }
}
