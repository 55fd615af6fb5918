package dev.nameplate.hsm.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE_EXPONENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.software.SoftwareVault;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.attrs.Attribute;

/** Private keys stay in the token. */
final class CustodyIT {
    private static final byte[] MESSAGE = "to be signed".getBytes(UTF_8);

    private final SoftHsm softHsm = SoftHsm.withToken();
    private final Pkcs11Vault vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system());

    @AfterEach
    void close() {
        vault.close();
        softHsm.close();
    }

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, mode = EnumSource.Mode.MATCH_NONE, names = "ML_DSA_.*")
    void makesKeysThatOthersToolsShowAsNeverExtractable(KeySpec spec) throws IOException, InterruptedException {
        VaultKey key = vault.generate(spec, "issuer");

        assertThat(key.sensitive()).isTrue();
        assertThat(key.neverExtractable()).isTrue();
        assertThat(key.local()).isTrue();
        assertThat(softHsm.pkcs11Tool("--list-objects", "--type", "privkey"))
                .contains("issuer", key.uri().id().orElseThrow().hex())
                .containsPattern("Usage: +sign\\R")
                .containsPattern("Access: +sensitive, always sensitive, never extract?able, local");
    }

    @Test
    void leavesNothingOfADevicesKeyInTheToken() throws IOException, PKCS11Exception {
        try (DeviceKey made = vault.makeForDevice(KeySpec.EC_P256)) {
            assertThat(made.publicKey()).isNotNull();
        }
        assertThat(new OtherUser().privateKeys()).isZero();
        assertThat(new OtherUser().secretKeys()).isZero();
    }

    @Test
    void leavesThePrivateValueUnreadable() throws IOException, PKCS11Exception {
        VaultKey ec = vault.generate(KeySpec.EC_P256, "ec");
        VaultKey rsa = vault.generate(KeySpec.RSA_3072, "rsa");
        OtherUser other = new OtherUser();

        assertUnreadable(other.reads(id(ec), CKA_VALUE).getAttribute(CKA_VALUE));
        assertUnreadable(other.reads(id(rsa), CKA_PRIVATE_EXPONENT).getAttribute(CKA_PRIVATE_EXPONENT));
    }

    @Test
    void bringsNoPrivateKeyOntoTheHeap() {
        assertThat(HeapHistogram.privateKeysInUse()).isEmpty();
        for (KeySpec spec : new KeySpec[] {KeySpec.EC_P256, KeySpec.RSA_3072, KeySpec.ED25519}) {
            SigningKey key =
                    vault.signingKey(vault.generate(spec, "issuer " + spec).uri());
            for (int time = 0; time < 50; time++) {
                key.sign(SignatureScheme.defaultFor(spec), MESSAGE);
            }
        }
        assertThat(HeapHistogram.privateKeys()).isEmpty();
    }

    @Test
    void wouldSeeAPrivateKeyOnTheHeap() {
        try (SoftwareVault software = new SoftwareVault("seen")) {
            software.generate(KeySpec.EC_P384, "on the heap");

            assertThat(HeapHistogram.privateKeys()).contains("org.bouncycastle.crypto.params.ECPrivateKeyParameters");
        }
    }

    @Test
    void refusesToSignWithAKeyThatCouldLeaveTheToken() throws IOException, InterruptedException {
        softHsm.pkcs11Tool(
                "--keypairgen", "--key-type", "EC:prime256v1", "--id", "77", "--label", "loose", "--extractable");
        KeyUri loose = KeyUri.of(KeyUri.Scheme.PKCS11, SoftHsm.LABEL, "loose", new KeyId("77"));

        assertThat(vault.find(loose)).isPresent();
        assertThatThrownBy(() -> vault.signingKey(loose).sign(SignatureScheme.ECDSA_SHA256, MESSAGE))
                .isInstanceOf(KeyNotAcceptableException.class)
                .hasMessageContaining("could leave the token");
    }

    @Test
    void refusesAKeyWithoutItsPublicKey() throws IOException, InterruptedException {
        VaultKey key = vault.generate(KeySpec.EC_P256, "half");
        softHsm.pkcs11Tool("--delete-object", "--type", "pubkey", "--id", id(key).hex());

        assertThatThrownBy(() -> vault.find(key.uri()))
                .isInstanceOf(KeyNotAcceptableException.class)
                .hasMessageContaining("no public key beside it");
        assertThat(vault.list()).doesNotContain(key);
    }

    @Test
    void usesAKeyThatAnotherToolMade() throws IOException, InterruptedException {
        softHsm.pkcs11Tool("--keypairgen", "--key-type", "EC:secp384r1", "--id", "7a", "--label", "ceremony");
        KeyUri made = KeyUri.of(KeyUri.Scheme.PKCS11, SoftHsm.LABEL, "ceremony", new KeyId("7a"));

        assertThat(vault.find(made).orElseThrow().spec()).isEqualTo(KeySpec.EC_P384);
        assertThat(vault.signingKey(made).sign(SignatureScheme.ECDSA_SHA384, MESSAGE))
                .isNotEmpty();
    }

    private static KeyId id(VaultKey key) {
        return key.uri().id().orElseThrow();
    }

    private static void assertUnreadable(Attribute attribute) {
        assertThat(attribute.isSensitive()).isTrue();
        assertThat(attribute.getCkAttribute().pValue).isNull();
    }
}
