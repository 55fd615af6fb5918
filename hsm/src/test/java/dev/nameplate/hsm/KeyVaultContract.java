package dev.nameplate.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every vault promises. */
public abstract class KeyVaultContract {
    private static final byte[] MESSAGE = "to be signed".getBytes(UTF_8);

    protected abstract KeyVault vault();

    /** A URI for a key of this vault's token that does not exist. */
    protected KeyUri unknownKey() {
        KeyUri real = vault().generate(KeySpec.EC_P256, "real").uri();
        return KeyUri.of(real.scheme(), real.token().label(), "real", KeyId.of(new byte[] {1, 2, 3}));
    }

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, mode = EnumSource.Mode.MATCH_NONE, names = "ML_DSA_.*")
    void signsWithEveryKindOfKey(KeySpec spec) {
        VaultKey key = vault().generate(spec, "signer");
        SignatureScheme scheme = SignatureScheme.defaultFor(spec);

        byte[] signature = vault().signingKey(key.uri()).sign(scheme, MESSAGE);

        assertThat(key.spec()).isEqualTo(spec);
        assertThat(key.local()).isTrue();
        assertThat(SignatureCheck.verifies(scheme, key.publicKey(), MESSAGE, signature))
                .isTrue();
        assertThat(SignatureCheck.verifies(scheme, key.publicKey(), "other".getBytes(UTF_8), signature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SignatureScheme.class,
            names = {"ECDSA_SHA256", "ECDSA_SHA384"})
    void signsADigestMadeElsewhere(SignatureScheme scheme) {
        VaultKey key = vault().generate(KeySpec.EC_P256, "digests");

        byte[] signature = vault().signingKey(key.uri()).signDigest(scheme, scheme.digest(MESSAGE));

        assertThat(SignatureCheck.verifies(scheme, key.publicKey(), MESSAGE, signature))
                .isTrue();
    }

    @Test
    void signsWithTheOtherHashOfAnRsaKey() {
        VaultKey key = vault().generate(KeySpec.RSA_3072, "rsa");

        byte[] signature = vault().signingKey(key.uri()).sign(SignatureScheme.RSA_PKCS1_SHA384, MESSAGE);

        assertThat(SignatureCheck.verifies(SignatureScheme.RSA_PKCS1_SHA384, key.publicKey(), MESSAGE, signature))
                .isTrue();
    }

    @Test
    void refusesASchemeThatDoesNotFitTheKey() {
        SigningKey key =
                vault().signingKey(vault().generate(KeySpec.EC_P256, "ec").uri());

        assertThatThrownBy(() -> key.sign(SignatureScheme.RSA_PKCS1_SHA256, MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use ECDSA_SHA256");
    }

    @Test
    void refusesADigestOfTheWrongLength() {
        SigningKey key =
                vault().signingKey(vault().generate(KeySpec.EC_P256, "ec").uri());

        assertThatThrownBy(() -> key.signDigest(SignatureScheme.ECDSA_SHA256, new byte[20]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> key.signDigest(SignatureScheme.ED25519, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not digests");
    }

    @Test
    void refusesAnEmptyLabel() {
        assertThatThrownBy(() -> vault().generate(KeySpec.EC_P256, " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAKeyByItsFullNameItsIdAndItsLabel() {
        VaultKey key = vault().generate(KeySpec.EC_P256, "only one of its name: ä/%;=");
        KeyUri full = key.uri();

        assertThat(vault().find(KeyUri.parse(full.toString()))).contains(key);
        assertThat(vault().find(new KeyUri(full.scheme(), full.token(), Optional.empty(), full.id())))
                .contains(key);
        assertThat(vault().find(new KeyUri(full.scheme(), full.token(), full.object(), Optional.empty())))
                .contains(key);
    }

    @Test
    void refusesANameThatFitsSeveralKeys() {
        KeyUri first = vault().generate(KeySpec.EC_P256, "twin").uri();
        vault().generate(KeySpec.EC_P256, "twin");

        assertThatThrownBy(
                        () -> vault().find(new KeyUri(first.scheme(), first.token(), first.object(), Optional.empty())))
                .isInstanceOf(KeyNotAcceptableException.class)
                .hasMessageContaining("add id=");
    }

    @Test
    void listsEveryKey() {
        VaultKey one = vault().generate(KeySpec.EC_P256, "one");
        VaultKey two = vault().generate(KeySpec.EC_P384, "two");

        assertThat(vault().list()).contains(one, two);
    }

    @Test
    void findsNothingOfAnUnknownName() {
        assertThat(vault().find(unknownKey())).isEmpty();
    }

    @Test
    void saysThatAKeyIsMissingOnlyWhenItIsUsed() {
        SigningKey key = vault().signingKey(unknownKey());

        assertThatThrownBy(() -> key.sign(SignatureScheme.ECDSA_SHA256, MESSAGE))
                .isInstanceOf(KeyMissingException.class);
        assertThatThrownBy(key::publicKey).isInstanceOf(KeyMissingException.class);
    }

    @Test
    void refusesAKeyOfAnotherToken() {
        KeyUri elsewhere = KeyUri.parse("pkcs11:token=elsewhere;object=k;type=private");

        assertThatThrownBy(() -> vault().signingKey(elsewhere)).isInstanceOf(NoSuchTokenException.class);
        assertThat(vault().probe(elsewhere)).isInstanceOf(VaultHealth.Unhealthy.class);
    }

    @Test
    void destroysAKeyForGood() {
        VaultKey key = vault().generate(KeySpec.EC_P256, "short-lived");

        vault().destroy(key.uri());

        assertThat(vault().find(key.uri())).isEmpty();
        assertThat(vault().list()).doesNotContain(key);
        assertThatThrownBy(() -> vault().destroy(key.uri())).isInstanceOf(KeyMissingException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"EC_P256", "RSA_3072", "ED25519"})
    void provesItsHealthWithATestSignature(KeySpec spec) {
        VaultKey key = vault().generate(spec, "probed");

        assertThat(vault().probe(key.uri())).isInstanceOf(VaultHealth.Healthy.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"EC_P256", "EC_P384", "RSA_3072"})
    void makesKeysForDevicesAndKeepsNothingOfThem(KeySpec spec) throws Exception {
        List<VaultKey> before = vault().list();

        try (DeviceKey made = vault().makeForDevice(spec)) {
            byte[] pkcs8 = made.pkcs8();

            assertThat(KeySpec.of(made.publicKey())).contains(spec);
            assertThat(signs(pkcs8, made)).isTrue();
            assertThat(vault().list()).isEqualTo(before);
        }
    }

    @Test
    void makesAnotherKeyForEachDevice() {
        try (DeviceKey one = vault().makeForDevice(KeySpec.EC_P256);
                DeviceKey other = vault().makeForDevice(KeySpec.EC_P256)) {
            assertThat(one.publicKey()).isNotEqualTo(other.publicKey());
            assertThat(one.pkcs8()).isNotEqualTo(other.pkcs8());
        }
    }

    @Test
    void cannotOpenADevicesKeyOnceItIsClosed() {
        DeviceKey made = vault().makeForDevice(KeySpec.EC_P256);
        made.close();

        assertThatThrownBy(made::pkcs8).isInstanceOf(TokenRefusedException.class);
    }

    private static boolean signs(byte[] pkcs8, DeviceKey made) throws Exception {
        String type = KeySpec.of(made.publicKey()).orElseThrow().rsa() ? "RSA" : "EC";
        Signature signature = Signature.getInstance("SHA256with" + (type.equals("EC") ? "ECDSA" : "RSA"));
        signature.initSign(KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        signature.initVerify(KeyFactory.getInstance(type)
                .generatePublic(new X509EncodedKeySpec(made.publicKey().getEncoded())));
        signature.update(MESSAGE);
        return signature.verify(signed);
    }

    @Test
    void reportsAMissingKeyAsUnhealthy() {
        assertThat(vault().probe(unknownKey()))
                .isInstanceOfSatisfying(
                        VaultHealth.Unhealthy.class,
                        sick -> assertThat(sick.reason()).isInstanceOf(KeyMissingException.class));
    }
}
