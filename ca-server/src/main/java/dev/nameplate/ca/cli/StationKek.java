package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.factory.keys.KeyRecipient;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The key of this machine that key-encryption keys are handed over to: RSA, so that no value of one ever leaves the token in clear. */
final class StationKek {
    private static final int BITS = 3072;

    private final PrivateKey key;

    private StationKek(PrivateKey key) {
        this.key = key;
    }

    /** Made if the file is not there. */
    static StationKek in(Path file) {
        if (!Files.exists(file)) {
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(fresh().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            Home.writeClosed(file.toAbsolutePath(), pem.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return new StationKek(PemFiles.keyPair(file).getPrivate());
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The PKCS#8, in DER, of a key that was wrapped for a batch, if it is under a key that this station has: one that was replaced
     * before may be gone, and what it wrapped is to be asked for again.
     */
    Optional<byte[]> open(OperatorDoor door, String batchPath, byte[] wrapped) {
        JsonNode handed = door.post(batchPath + "/kek", Map.of("publicKey", publicKey()));
        List<JsonNode> keks = new ArrayList<>(List.of(handed.path("recipientInfo")));
        handed.path("former").forEach(keks::add);
        return keks.stream()
                .map(kek -> Base64.getDecoder().decode(kek.asString("")))
                .flatMap(kek -> openedBy(kek, wrapped).stream())
                .findFirst();
    }

    private Optional<byte[]> openedBy(byte[] recipientInfo, byte[] wrapped) {
        byte[] kek = value(recipientInfo);
        try {
            return Optional.of(KeyRecipient.open(kek, wrapped));
        } catch (IllegalArgumentException underAnother) {
            return Optional.empty();
        } finally {
            Arrays.fill(kek, (byte) 0);
        }
    }

    /** The key-encryption key itself, from how it was handed over. */
    byte[] value(byte[] recipientInfo) {
        return new KeyRecipient(key).keyEncryptionKey(recipientInfo);
    }

    PrivateKey privateKey() {
        return key;
    }

    /**
     * Receives the key-encryption key of a batch; the same call again changes nothing.
     *
     * @return CMS RecipientInfo in DER
     */
    byte[] receive(OperatorDoor door, String batchPath) {
        JsonNode handed = door.post(batchPath + "/kek", Map.of("publicKey", publicKey()));
        if (!handed.has("recipientInfo")) {
            throw CommandFailedException.fault("the server handed over no key-encryption key");
        }
        return Base64.getDecoder().decode(handed.path("recipientInfo").asString(""));
    }

    /** Base64 of SubjectPublicKeyInfo in DER. */
    String publicKey() {
        try {
            RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
            byte[] encoded = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
                    .getEncoded();
            return Base64.getEncoder().encodeToString(encoded);
        } catch (GeneralSecurityException | ClassCastException e) {
            throw CommandFailedException.fault("the station's key for receiving keys is no RSA key: " + e.getMessage());
        }
    }

    private static KeyPair fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java makes RSA keys", e);
        }
    }
}
