package dev.nameplate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KekRecipientTest {
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void takesAKeyThatWasMadeInMemoryLikeOneThatWasRead(String curve) throws Exception {
        SubjectPublicKeyInfo read = Recipient.ec(curve).publicKey();
        var made = onCurve((ASN1ObjectIdentifier) read.getAlgorithm().getParameters(), read);

        assertThat(KekRecipient.of(made)).isInstanceOf(KekRecipient.Ec.class);
        try (OutsideKek kek = new OutsideKek(new SecureRandom())) {
            assertThat(ASN1Primitive.fromByteArray(kek.recipientInfo(new KekRecipient.Ec(made))))
                    .isNotNull();
        }
    }

    @Test
    void takesNoKeyOnAnotherCurveHoweverItWasMade() {
        SubjectPublicKeyInfo read = Recipient.ec("secp256r1").publicKey();

        assertThatThrownBy(() -> KekRecipient.of(onCurve(TeleTrusTObjectIdentifiers.brainpoolP256r1, read)))
                .hasMessageContaining("P-256, P-384 or P-521, is right");
        assertThatThrownBy(() -> KekRecipient.of(new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey),
                        read.getPublicKeyData().getOctets())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KekRecipient.of(new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp256r1),
                        read.getPublicKeyData().getOctets())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SubjectPublicKeyInfo onCurve(ASN1ObjectIdentifier curve, SubjectPublicKeyInfo point) {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new X962Parameters(curve));
        return new SubjectPublicKeyInfo(algorithm, point.getPublicKeyData().getOctets());
    }
}
