package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.OpenedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With what a device opens a key that comes sealed (RFC 7030, 4.4.1). */
public final class DecryptOptions {
    private static final Pattern LINE = Pattern.compile(
            "((?:\\p{XDigit}{2})+)\\s+((?:\\p{XDigit}{2}){16}|(?:\\p{XDigit}{2}){24}|(?:\\p{XDigit}{2}){32})");

    @Option(
            names = "--decrypt-cert",
            paramLabel = "FILE",
            description = "A certificate of the device, as PEM: the key comes sealed to it.")
    private @Nullable Path certificate;

    @Option(names = "--decrypt-key", paramLabel = "FILE", description = "The key of --decrypt-cert.")
    private @Nullable Path key;

    @Option(
            names = "--decrypt-secret",
            paramLabel = "FILE",
            description =
                    "Instead of these: a file with the id of a secret that the server knows, a blank, and the secret, an"
                            + " AES key, both in hexadecimal. The key comes sealed by it.")
    private @Nullable Path secret;

    /** A shared secret, and what both ends call it. */
    private record Named(byte[] id, SecretKey key) {}

    /** Says in the request what the key is to be sealed to. */
    void addTo(CsrBuilder csr) throws IOException {
        if ((certificate == null) != (key == null)) {
            throw CommandFailedException.wrongUsage("--decrypt-cert and --decrypt-key go together");
        }
        if (certificate != null && secret != null) {
            throw CommandFailedException.wrongUsage("--decrypt-cert and --decrypt-secret exclude each other");
        }
        if (certificate != null) {
            csr.decryptingWith(PemFiles.certificates(certificate).getFirst());
        }
        if (secret != null) {
            csr.decryptingWithSecret(named(secret).id());
        }
    }

    /** @throws IOException if it came in another way than it was asked for, or does not open */
    byte[] open(DeliveredKey delivered) throws IOException {
        if (delivered.sealed() != (key != null || secret != null)) {
            throw new IOException("the key came " + (delivered.sealed() ? "sealed" : "in the clear")
                    + ", which is not what was asked for");
        }
        return delivered.sealed() ? unsealed(delivered.key()) : delivered.key();
    }

    private byte[] unsealed(byte[] message) throws IOException {
        try {
            OpenedKey opened = secret != null
                    ? OpenedKey.open(message, named(secret).key())
                    : OpenedKey.open(
                            message,
                            PemFiles.keyPair(Optional.ofNullable(key).orElseThrow())
                                    .getPrivate());
            return opened.pkcs8();
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Named named(Path file) throws IOException {
        Matcher line = LINE.matcher(Files.readString(file).strip());
        if (!line.matches()) {
            throw CommandFailedException.wrongUsage(
                    file + " is not one line `ID KEY`, both in hexadecimal, KEY of 16, 24 or 32 octets");
        }
        HexFormat hex = HexFormat.of();
        return new Named(hex.parseHex(line.group(1)), new SecretKeySpec(hex.parseHex(line.group(2)), "AES"));
    }
}
