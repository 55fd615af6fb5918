package dev.nameplate.acceptance;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SealedDeviceKey;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.UUID;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A program that makes keys for devices with a token of its own, writes what leaves it into a directory, and then all of its
 * memory. It has one private key that is meant to be found there.
 */
final class InjectionProcess {
    static final int KEYS = 30;
    private static final String LABEL = "injection";
    private static final KekName NAME = new KekName("batch-1", "station-1");

    private InjectionProcess() {}

    /** @param arguments the directory; in it {@code rsa} and {@code ec}, the recipients' public keys */
    public static void main(String[] arguments) throws Exception {
        Path place = Path.of(arguments[0]);
        String pin = UUID.randomUUID().toString();
        TokenSetup.initialise(
                SoftToken.module(), LABEL, Secret.of(UUID.randomUUID().toString()), Secret.of(pin));
        var settings = Pkcs11Settings.of(SoftToken.module(), LABEL, () -> Secret.of(pin));
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings, InstantSource.system())) {
            BatchKeys keys = new BatchKeys(vault.injection());
            KekHandover handover = keys.handOver(NAME, recipient(place, "rsa"));
            Files.write(place.resolve("handover"), handover.recipientInfo());
            for (int number = 0; number < KEYS; number++) {
                write(place, "wrapped-" + number, keys.make(NAME, KeySpec.EC_P256));
                write(place, "sealed-rsa-" + number, keys.makeFor(recipient(place, "rsa"), KeySpec.EC_P256));
                write(place, "sealed-ec-" + number, keys.makeFor(recipient(place, "ec"), KeySpec.EC_P256));
            }
            KeyPair found = toBeFound();
            Files.write(place.resolve("found.key"), found.getPublic().getEncoded());
            dump(place.resolve("heap.hprof"));
            Files.writeString(place.resolve("done"), found.getPrivate().getAlgorithm());
        }
    }

    private static SubjectPublicKeyInfo recipient(Path place, String name) throws IOException {
        return SubjectPublicKeyInfo.getInstance(Files.readAllBytes(place.resolve(name)));
    }

    private static void write(Path place, String name, WrappedDeviceKey made) throws IOException {
        Files.write(place.resolve(name), made.encryptedPrivateKeyInfo());
        Files.write(place.resolve(name + ".key"), made.publicKey().getEncoded());
    }

    private static void write(Path place, String name, SealedDeviceKey made) throws IOException {
        Files.write(place.resolve(name), made.envelopedData());
        Files.write(place.resolve(name + ".key"), made.publicKey().getEncoded());
    }

    private static KeyPair toBeFound() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Everything, also what is no longer used. */
    private static void dump(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), false);
    }
}
