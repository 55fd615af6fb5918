package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.hsm.KeySpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Locale;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A device's key file. It is on disk before anything is asked for, so that a retry after a power cut asks for the same key. */
public final class DeviceKeys {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** What the client can make. */
    public enum Kind {
        EC_P256,
        EC_P384,
        RSA_3072,
        ED25519;

        KeySpec inToken() {
            return switch (this) {
                case EC_P256 -> KeySpec.EC_P256;
                case EC_P384 -> KeySpec.EC_P384;
                case RSA_3072 -> KeySpec.RSA_3072;
                case ED25519 -> KeySpec.ED25519;
            };
        }

        /** As the command line names it. */
        static Kind parse(String text) {
            for (Kind known : values()) {
                if (known.toString().equals(text)) {
                    return known;
                }
            }
            throw CommandFailedException.wrongUsage(
                    "--key-algorithm is not one of ec-p256, ec-p384, rsa-3072, ed25519");
        }

        /** A new pair, in memory. */
        public KeyPair make() {
            return DeviceKeys.make(this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private DeviceKeys() {}

    /** The key in the file; a new one is made if there is no file. */
    static KeyPair readOrMake(Path file, Kind kind) {
        if (Files.exists(file)) {
            return PemFiles.keyPair(file);
        }
        KeyPair pair = make(kind);
        Home.writeClosed(
                file.toAbsolutePath(), PemFiles.pkcs8(pair.getPrivate()).getBytes(StandardCharsets.US_ASCII));
        return pair;
    }

    private static KeyPair make(Kind kind) {
        return switch (kind) {
            case EC_P256 -> make("EC", new ECGenParameterSpec("secp256r1"));
            case EC_P384 -> make("EC", new ECGenParameterSpec("secp384r1"));
            case RSA_3072 -> make("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
            case ED25519 -> make("EdDSA", new ECGenParameterSpec("Ed25519"));
        };
    }

    private static KeyPair make(String algorithm, AlgorithmParameterSpec form) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
            generator.initialize(form);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + algorithm + " key can be made here", e);
        }
    }
}
