package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.InjectionContract;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.MechanismMissingException;
import dev.nameplate.hsm.Recipient;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.WrappedKeyDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** Keys for devices, by a token. */
final class InjectionIT extends InjectionContract {
    private static final Recipient STATION = Recipient.rsa();

    private final SoftHsm softHsm = SoftHsm.withToken();
    private final AtomicInteger lost = new AtomicInteger();
    private final Pkcs11Vault vault = Pkcs11Vault.open(softHsm.settings(), InstantSource.system(), new VaultListener() {
        @Override
        public void lost(String reason) {
            lost.incrementAndGet();
        }
    });

    @AfterEach
    void close() {
        vault.close();
        softHsm.close();
    }

    @Override
    protected InjectionVault vault() {
        return vault.injection();
    }

    @Test
    void handsTheKeyEncryptionKeyOverInsideTheToken() {
        assertThat(vault().makeKek("k", STATION.publicKey()).insideToken()).isTrue();
        assertThat(vault().makeFor(KeySpec.EC_P256, STATION.publicKey()).insideToken())
                .isTrue();
    }

    @Test
    void keepsAKeyThatOthersSeeNeitherLeaveNorOpen() throws IOException, InterruptedException {
        vault().makeKek("batch 1 station 1", STATION.publicKey());

        assertThat(softHsm.pkcs11Tool("--list-objects", "--type", "secrkey"))
                .contains("batch 1 station 1", "length 32")
                .containsPattern("Usage: +wrap\\R")
                .containsPattern("Access: +sensitive, always sensitive")
                .doesNotContain("extractable");
    }

    @Test
    void leavesNothingOfADevicesKeyInTheToken() throws IOException, PKCS11Exception {
        KeyEncryptionKey kek = vault().makeKek("k", STATION.publicKey()).kek();
        vault().make(KeySpec.EC_P256, kek);
        vault().makeFor(KeySpec.EC_P256, STATION.publicKey());
        vault().makeFor(KeySpec.EC_P256, Recipient.ec().publicKey());

        OtherUser other = new OtherUser();
        assertThat(other.privateKeys()).isZero();
        assertThat(other.secretKeys()).as("the key-encryption key alone").isEqualTo(1);
    }

    @Test
    void leavesNothingInTheTokenOfWhatItWrapsAnew() throws IOException, PKCS11Exception {
        KeyEncryptionKey before = vault().makeKek("before", STATION.publicKey()).kek();
        KeyEncryptionKey after = vault().makeKek("after", STATION.publicKey()).kek();
        byte[] wrapped = vault().make(KeySpec.EC_P256, before).encryptedPrivateKeyInfo();

        assertThat(vault().rewrap(List.of(wrapped, wrapped), before, after)).hasSize(2);

        OtherUser other = new OtherUser();
        assertThat(other.privateKeys()).isZero();
        assertThat(other.secretKeys()).as("the two that wrap").isEqualTo(2);
        assertThat(vault().keks()).containsExactlyInAnyOrder(before, after);
    }

    @Test
    void takesADamagedKeyForItsOwnTroubleAndNotForTheTokens() throws IOException, PKCS11Exception {
        KeyEncryptionKey before = vault().makeKek("before", STATION.publicKey()).kek();
        KeyEncryptionKey after = vault().makeKek("after", STATION.publicKey()).kek();
        byte[] wrapped = vault().make(KeySpec.EC_P256, before).encryptedPrivateKeyInfo();
        byte[] damaged = wrapped.clone();
        damaged[damaged.length - 1] ^= 1;

        for (byte[] wrong : List.of(damaged, Arrays.copyOf(wrapped, 40), new byte[3])) {
            assertThatThrownBy(() -> vault().rewrap(List.of(wrapped, wrong), before, after))
                    .isInstanceOf(WrappedKeyDamagedException.class);
        }

        assertThat(lost).as("times that the token was said to be away").hasValue(0);
        assertThat(vault().rewrap(List.of(wrapped), before, after)).hasSize(1);
        assertThat(new OtherUser().privateKeys()).isZero();
    }

    @Test
    void leavesNothingInTheTokenWhenTheWrapFails() throws IOException, PKCS11Exception {
        KeyEncryptionKey kek = vault().makeKek("k", STATION.publicKey()).kek();

        assertThatThrownBy(() -> vault().make(KeySpec.ED25519, kek))
                .isInstanceOfAny(MechanismMissingException.class, TokenRefusedException.class);

        assertThat(new OtherUser().privateKeys()).isZero();
    }

    @Test
    void provesADestructionByLookingForTheKeyAfterwards() throws IOException, InterruptedException, PKCS11Exception {
        KeyEncryptionKey kek = vault().makeKek("k", STATION.publicKey()).kek();

        KekDestruction destruction = vault().destroy(kek);

        assertThat(destruction.found()).isZero();
        assertThat(destruction.token().label()).isEqualTo(SoftHsm.LABEL);
        assertThat(destruction.token().serial()).isNotEmpty();
        assertThat(new OtherUser().secretKeys()).isZero();
        assertThat(softHsm.pkcs11Tool("--list-objects", "--type", "secrkey")).doesNotContain("Secret Key");
    }

    @Test
    void doesNotUseAKeyEncryptionKeyThatCouldLeaveOrOpen() throws IOException, InterruptedException {
        softHsm.pkcs11Tool("--keygen", "--key-type", "AES:32", "--id", "66", "--label", "loose", "--extractable");

        assertThatThrownBy(() -> vault().find("loose"))
                .isInstanceOf(KeyNotAcceptableException.class)
                .hasMessageContaining("loose");
    }

    @Test
    void knowsItsKeyEncryptionKeysAgainAfterARestart() {
        KekHandover handover = vault().makeKek("k", STATION.publicKey());
        vault.close();

        try (Pkcs11Vault again = Pkcs11Vault.open(softHsm.settings(), InstantSource.system())) {
            InjectionVault injection = again.injection();
            assertThat(injection.find("k")).contains(handover.kek());
            assertThat(injection.make(KeySpec.EC_P256, handover.kek()).kek())
                    .isEqualTo(handover.kek().id());
        }
    }

    @Test
    void goesOnAfterTheTokenWasTakenAwayAndGivenBack() throws Exception {
        vault.close();
        try (Pkcs11Vault mine = Pkcs11Vault.open(softHsm.impatient(2), InstantSource.system())) {
            InjectionVault injection = mine.injection();
            KeyEncryptionKey kek = injection.makeKek("k", STATION.publicKey()).kek();
            injection.make(KeySpec.EC_P256, kek);
            new OtherUser().logsOut();

            assertThat(injection.make(KeySpec.EC_P256, kek).kek()).isEqualTo(kek.id());
        }
    }

    @Test
    void showsTheCheckValueOfTheKeyThatTheRecipientGets() throws Exception {
        KekHandover handover = vault().makeKek("k", STATION.publicKey());
        byte[] value = STATION.opens(handover.recipientInfo());

        javax.crypto.Cipher aes = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(javax.crypto.Cipher.ENCRYPT_MODE, new javax.crypto.spec.SecretKeySpec(value, "AES"));

        assertThat(HexFormat.of().formatHex(aes.doFinal(new byte[16])))
                .startsWith(handover.kek().checkValue());
    }

    @Test
    void makesKeysThatOpensslOpens(@TempDir Path scratch) throws Exception {
        KekHandover handover = vault().makeKek("k", STATION.publicKey());
        WrappedDeviceKey made = vault().make(KeySpec.EC_P256, handover.kek());
        Path wrapped = Files.write(
                scratch.resolve("wrapped"),
                EncryptedPrivateKeyInfo.getInstance(made.encryptedPrivateKeyInfo())
                        .getEncryptedData());
        String kek = HexFormat.of().formatHex(STATION.opens(handover.recipientInfo()));

        run(scratch, "openssl enc -d -id-aes256-wrap-pad -K " + kek + " -iv A65959A6 -in " + wrapped + " -out key.der");
        run(scratch, "openssl pkey -inform DER -in key.der -pubout -outform DER -out public.der");

        assertThat(Files.readAllBytes(scratch.resolve("public.der")))
                .isEqualTo(made.publicKey().getEncoded());
    }

    private static void run(Path scratch, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.split(" ", -1))
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
