package dev.nameplate.ca.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** The directory that holds everything one CA process keeps on disk. */
public record Home(Path directory) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    public Path settings() {
        return directory.resolve("nameplate.yaml");
    }

    /** The embedded database. */
    public Path data() {
        return directory.resolve("data");
    }

    /** CRLs as last published. */
    public Path published() {
        return directory.resolve("public");
    }

    /** PIN and password files; nobody but the owner reads them. */
    public Path secrets() {
        return directory.resolve("secrets");
    }

    /** Secrets that devices have in common with the CA. */
    public Path deviceSecrets() {
        return secrets().resolve("device-keys");
    }

    /** Door certificates and their keys, and the certificate that clients trust. */
    public Path tls() {
        return directory.resolve("tls");
    }

    /** The root certificate, PEM: what clients of the doors trust. */
    public Path trust() {
        return tls().resolve("ca.pem");
    }

    /** Identity files of operators. */
    public Path operators() {
        return directory.resolve("operators");
    }

    /** A path from the settings: relative ones are relative to the home. */
    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /** Makes every directory that is missing; secrets, data, keys and identities for the owner only. */
    public void create() {
        try {
            Files.createDirectories(directory);
            for (Path closed : new Path[] {data(), secrets(), tls(), operators()}) {
                Files.createDirectories(closed, OWNER_ONLY_DIRECTORY);
            }
            Files.createDirectories(published());
        } catch (IOException e) {
            throw new UncheckedIOException("the home " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Whether this is what the file has in it. */
    public static boolean reads(Path file, byte[] content) {
        try {
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a file that only the owner reads, whole or not at all, durable when it returns. */
    public static void writeClosed(Path file, byte[] content) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY_FILE)) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
