package dev.nameplate.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.software.SoftwareInjection;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every vault promises about keys for devices. */
public abstract class InjectionContract {
    private static final Recipient STATION = Recipient.rsa();
    private static final InjectionVault OTHER = new SoftwareInjection("another");

    protected abstract InjectionVault vault();

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"EC_P256", "EC_P384", "RSA_3072"})
    void makesKeysThatTheRecipientOpensAndSignsWith(KeySpec spec) throws Exception {
        KekHandover handover = vault().makeKek("batch 1 station 1", STATION.publicKey());

        WrappedDeviceKey made = vault().make(spec, handover.kek());

        assertThat(KeySpec.of(made.publicKey())).contains(spec);
        assertThat(made.kek()).isEqualTo(handover.kek().id());
        byte[] kek = STATION.opens(handover.recipientInfo());
        requirePair(spec, Recipient.opensUnder(kek, made.encryptedPrivateKeyInfo()), made.publicKey());
    }

    @Test
    void handsAKeyToARecipientOnACurve() throws Exception {
        Recipient chip = Recipient.ec();
        KekHandover handover = vault().makeKek("batch 1 station 2", chip.publicKey());

        WrappedDeviceKey made = vault().make(KeySpec.EC_P256, handover.kek());

        assertThat(handover.insideToken()).isFalse();
        byte[] kek = chip.opens(handover.recipientInfo());
        requirePair(KeySpec.EC_P256, Recipient.opensUnder(kek, made.encryptedPrivateKeyInfo()), made.publicKey());
    }

    @Test
    void sealsAKeyToItsOneRecipient() throws Exception {
        for (Recipient recipient : new Recipient[] {STATION, Recipient.ec()}) {
            SealedDeviceKey made = vault().makeFor(KeySpec.EC_P256, recipient.publicKey());

            requirePair(KeySpec.EC_P256, recipient.opensSealed(made.envelopedData()), made.publicKey());
        }
        assertThat(vault().keks()).isEmpty();
    }

    @Test
    void saysHowTheKeyIsWrapped() {
        KeyEncryptionKey kek = vault().makeKek("k", STATION.publicKey()).kek();

        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(
                vault().make(KeySpec.EC_P256, kek).encryptedPrivateKeyInfo());

        assertThat(info.getEncryptionAlgorithm().getAlgorithm()).isEqualTo(NISTObjectIdentifiers.id_aes256_wrap_pad);
        assertThat(info.getEncryptionAlgorithm().getParameters()).isNull();
    }

    @Test
    void makesAnotherKeyEachTime() {
        KeyEncryptionKey kek = vault().makeKek("k", STATION.publicKey()).kek();

        assertThat(vault().make(KeySpec.EC_P256, kek).publicKey())
                .isNotEqualTo(vault().make(KeySpec.EC_P256, kek).publicKey());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"EC_P256", "EC_P384", "RSA_3072"})
    void wrapsAnewWhatAnotherKeyWrapped(KeySpec spec) throws Exception {
        KeyEncryptionKey before = vault().makeKek("before", STATION.publicKey()).kek();
        WrappedDeviceKey made = vault().make(spec, before);
        KekHandover after = vault().makeKek("after", STATION.publicKey());

        List<byte[]> anew = vault().rewrap(
                        List.of(made.encryptedPrivateKeyInfo(), made.encryptedPrivateKeyInfo()), before, after.kek());
        vault().destroy(before);

        byte[] kek = STATION.opens(after.recipientInfo());
        assertThat(anew).hasSize(2);
        for (byte[] one : anew) {
            requirePair(spec, Recipient.opensUnder(kek, one), made.publicKey());
        }
    }

    @Test
    void wrapsNothingAnewThatIsUnderAnotherKey() {
        KeyEncryptionKey before = vault().makeKek("before", STATION.publicKey()).kek();
        KeyEncryptionKey after = vault().makeKek("after", STATION.publicKey()).kek();
        byte[] under = vault().make(KeySpec.EC_P256, after).encryptedPrivateKeyInfo();

        assertThatThrownBy(() -> vault().rewrap(List.of(under), before, after))
                .isInstanceOf(WrappedKeyDamagedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"EC_P256", "EC_P384", "RSA_3072"})
    void handsKeysOnToAnotherVaultAndTakesThemOver(KeySpec spec) throws Exception {
        for (List<InjectionVault> way : List.of(List.of(vault(), OTHER), List.of(OTHER, vault()))) {
            KeyEncryptionKey before = way.getFirst()
                    .makeKek("before " + spec, STATION.publicKey())
                    .kek();
            WrappedDeviceKey made = way.getFirst().make(spec, before);
            KekHandover after = way.getLast().makeKek("after " + spec, STATION.publicKey());
            List<byte[]> wrapped = List.of(made.encryptedPrivateKeyInfo(), made.encryptedPrivateKeyInfo());

            List<byte[]> anew = new InjectionVaults(way).rewrap(wrapped, before, after.kek());

            byte[] kek = STATION.opens(after.recipientInfo());
            assertThat(anew).hasSize(2);
            for (byte[] one : anew) {
                requirePair(spec, Recipient.opensUnder(kek, one), made.publicKey());
            }
            way.forEach(vault -> vault.keks().forEach(vault::destroy));
        }
    }

    @Test
    void handsNothingOnThatIsUnderAnotherKey() {
        KeyEncryptionKey before = vault().makeKek("before", STATION.publicKey()).kek();
        KeyEncryptionKey wrong = vault().makeKek("wrong", STATION.publicKey()).kek();
        byte[] under = vault().make(KeySpec.EC_P256, wrong).encryptedPrivateKeyInfo();
        KeyEncryptionKey after = OTHER.makeKek("after", STATION.publicKey()).kek();
        var both = new InjectionVaults(List.of(OTHER, vault()));

        assertThatThrownBy(() -> both.rewrap(List.of(under), before, after))
                .isInstanceOf(WrappedKeyDamagedException.class);

        OTHER.destroy(after);
    }

    @Test
    void findsAKeyEncryptionKeyByItsLabel() {
        KeyEncryptionKey kek =
                vault().makeKek("batch ä station 7", STATION.publicKey()).kek();
        vault().makeKek("another", STATION.publicKey());

        assertThat(vault().find("batch ä station 7")).contains(kek);
        assertThat(vault().find("unknown")).isEmpty();
        assertThat(vault().keks()).hasSize(2).contains(kek);
    }

    @Test
    void refusesASecondKeyEncryptionKeyOfTheSameLabel() {
        vault().makeKek("twice", STATION.publicKey());

        assertThatThrownBy(() -> vault().makeKek("twice", STATION.publicKey()))
                .isInstanceOf(KeyNotAcceptableException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void refusesARecipientThatCannotBeEncryptedTo() {
        var signer = SubjectKeys.ed25519();

        assertThatThrownBy(() -> vault().makeKek("k", signer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RSA from 2048 bits");
    }

    @Test
    void makesNothingUnderADestroyedKeyEncryptionKey() {
        KeyEncryptionKey kek = vault().makeKek("spent", STATION.publicKey()).kek();
        vault().make(KeySpec.EC_P256, kek);

        KekDestruction destruction = vault().destroy(kek);

        assertThat(destruction.complete()).isTrue();
        assertThat(destruction.destroyed()).isEqualTo(1);
        assertThat(destruction.kek()).isEqualTo(kek);
        assertThat(vault().find("spent")).isEmpty();
        assertThatThrownBy(() -> vault().make(KeySpec.EC_P256, kek)).isInstanceOf(KeyMissingException.class);
        assertThat(vault().destroy(kek).destroyed()).isZero();
    }

    @Test
    void leavesOtherKeyEncryptionKeysAloneWhenItDestroysOne() {
        KeyEncryptionKey kept = vault().makeKek("kept", STATION.publicKey()).kek();
        KeyEncryptionKey spent = vault().makeKek("spent", STATION.publicKey()).kek();

        vault().destroy(spent);

        assertThat(vault().keks()).containsExactly(kept);
        assertThat(vault().make(KeySpec.EC_P256, kept).kek()).isEqualTo(kept.id());
    }

    private static void requirePair(
            KeySpec spec, byte[] pkcs8, org.bouncycastle.asn1.x509.SubjectPublicKeyInfo publicKey) throws Exception {
        String type = spec.rsa() ? "RSA" : "EC";
        PrivateKey mine = KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        PublicKey theirs = KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(publicKey.getEncoded()));
        Signature signature = Signature.getInstance("SHA256with" + (spec.rsa() ? "RSA" : "ECDSA"));
        signature.initSign(mine);
        signature.update("signed by the device".getBytes(UTF_8));
        byte[] signed = signature.sign();
        signature.initVerify(theirs);
        signature.update("signed by the device".getBytes(UTF_8));
        assertThat(signature.verify(signed)).isTrue();
    }
}
