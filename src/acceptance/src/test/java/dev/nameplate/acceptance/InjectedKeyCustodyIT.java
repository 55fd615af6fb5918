package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.keys.KeyRecipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The private keys that are made for devices are never in the clear: not in memory, not on disk. */
final class InjectedKeyCustodyIT {
    @TempDir
    private Path place = Path.of("");

    @Test
    void areNeitherInMemoryNorOnDiskAndOpenForTheirRecipient() throws Exception {
        KeyPair rsa = rsa();
        KeyPair ec = ec();
        Files.write(place.resolve("rsa"), rsa.getPublic().getEncoded());
        Files.write(place.resolve("ec"), ec.getPublic().getEncoded());

        makeKeys();

        byte[] kek = new KeyRecipient(rsa.getPrivate()).keyEncryptionKey(read("handover"));
        List<byte[]> opened = new ArrayList<>();
        for (int number = 0; number < InjectionProcess.KEYS; number++) {
            opened.add(KeyRecipient.open(kek, read("wrapped-" + number)));
            requirePair(opened.getLast(), "wrapped-" + number);
            requirePair(new KeyRecipient(rsa.getPrivate()).open(read("sealed-rsa-" + number)), "sealed-rsa-" + number);
            requirePair(new KeyRecipient(ec.getPrivate()).open(read("sealed-ec-" + number)), "sealed-ec-" + number);
        }
        Path dump = place.resolve("heap.hprof");
        assertThat(KeySearch.p256(dump, publicKeys()))
                .as("the search finds the one key that is there, and none of those that must not be")
                .containsExactly(publicKey("found"));
        assertThat(holds(dump, kek)).as("the key-encryption key").isFalse();
        assertThat(filesWith(opened.getFirst(), kek)).isEmpty();
    }

    private void makeKeys() throws IOException {
        SoftToken token = new SoftToken(Files.createDirectory(place.resolve("token")));
        new Program(place, token.environment())
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InjectionProcess.class.getName(),
                        place.toString())
                .requireDone();
        assertThat(place.resolve("done")).exists();
    }

    private Collection<ECPublicKey> publicKeys() throws Exception {
        List<ECPublicKey> keys = new ArrayList<>();
        for (int number = 0; number < InjectionProcess.KEYS; number++) {
            for (String kind : List.of("wrapped-", "sealed-rsa-", "sealed-ec-")) {
                keys.add(publicKey(kind + number));
            }
        }
        keys.add(publicKey("found"));
        return keys;
    }

    private ECPublicKey publicKey(String name) throws Exception {
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(read(name + ".key")));
    }

    private void requirePair(byte[] pkcs8, String name) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        signature.update(pkcs8);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey(name));
        signature.update(pkcs8);
        assertThat(signature.verify(signed)).as(name).isTrue();
    }

    private static boolean holds(Path dump, byte[] secret) throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        HeapDump.read(dump, (_, array) -> {
            if (at(array, secret)) {
                found.set(true);
            }
        });
        return found.get();
    }

    /** The token's own files are encrypted with its PIN; they are looked at like the others. */
    private List<Path> filesWith(byte[] pkcs8, byte[] kek) throws IOException {
        byte[] scalar = ECPrivateKey.getInstance(
                        PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey())
                .getPrivateKey()
                .getOctets();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith("heap.hprof"))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                if (at(content, scalar) || at(content, kek)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean at(byte[] content, byte[] wanted) {
        for (int from = 0; from + wanted.length <= content.length; from++) {
            if (Arrays.equals(content, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private byte[] read(String name) throws IOException {
        return Files.readAllBytes(place.resolve(name));
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return generator.generateKeyPair();
    }

    private static KeyPair ec() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
