package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Where anyone may fetch CRLs from: {@code crl/ISSUER/gN.crl}, {@code crl/ISSUER/gN-SHARD.crl}, the same compressed, and links
 * for the generation that signs. A file is replaced whole or not at all, and what is compressed is never older than what is not.
 */
public final class PublicDirectory {
    private static final String ENDING = ".crl";
    private static final int BUFFER = 64 * 1024;

    private final Path crls;

    /** @param published as {@code Home.published} */
    public PublicDirectory(Path published) {
        this.crls = published.resolve("crl");
    }

    /** What is there of it now. */
    Path file(CrlScope scope) {
        return directory(scope).resolve(scope.name() + ENDING);
    }

    /** A place beside it that is free: nobody is shown what begins with a dot. */
    Path draft(CrlScope scope, long number) throws IOException {
        Path draft = directory(scope).resolve("." + scope.name() + ENDING + "." + number);
        Files.createDirectories(draft.getParent());
        Files.deleteIfExists(draft);
        return draft;
    }

    /** A place for what is needed on the way. */
    Path spool(CrlScope scope, long number) throws IOException {
        Path spool = directory(scope).resolve("." + scope.name() + ENDING + "." + number + ".entries");
        Files.createDirectories(spool.getParent());
        Files.deleteIfExists(spool);
        return spool;
    }

    /** From now on everyone gets this one; durable when it returns. */
    void show(CrlScope scope, Path draft) throws IOException {
        Files.deleteIfExists(compressed(scope));
        Files.move(draft, file(scope), StandardCopyOption.ATOMIC_MOVE);
        sync(directory(scope));
    }

    /**
     * Adds the compressed form of what is there.
     *
     * @param worthIt asked over and over: as soon as it is not, nothing is added
     */
    void compress(CrlScope scope, BooleanSupplier worthIt) throws IOException {
        Path draft = directory(scope).resolve("." + scope.name() + ENDING + ".gz");
        try {
            if (compress(file(scope), draft, worthIt)) {
                Files.move(draft, compressed(scope), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean compress(Path file, Path draft, BooleanSupplier worthIt) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new QuickGzip(Files.newOutputStream(draft))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!worthIt.getAsBoolean()) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
        }
        return true;
    }

    /** Links for this generation's CRL under the name of the issuer alone, for any web server that serves these files. */
    void link(CrlScope scope) throws IOException {
        Path issuer = directory(scope);
        if (scope.isFull()) {
            link(
                    crls.resolve(issuer.getFileName() + ENDING),
                    issuer.getFileName().resolve(scope.name() + ENDING));
        } else {
            link(issuer.resolve(scope.shard() + ENDING), Path.of(scope.name() + ENDING));
        }
    }

    /** Whether exactly this is there. */
    boolean shows(PublishedCrl crl) throws IOException {
        return has(file(crl.scope()), crl.content());
    }

    /** Whether something of this length is there: costs little. */
    boolean seemsToShow(PublishedCrl crl) {
        try {
            return Files.size(file(crl.scope())) == crl.content().octets();
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Whether a whole draft of exactly this is there: the process ended after it was recorded and before it was shown. */
    boolean hasDraft(PublishedCrl crl) throws IOException {
        return has(draftName(crl.scope(), crl.number()), crl.content());
    }

    Path draftName(CrlScope scope, long number) {
        return directory(scope).resolve("." + scope.name() + ENDING + "." + number);
    }

    /** Removes what earlier processes left half done. */
    void tidy(List<IssuerGeneration> generations) throws IOException {
        for (IssuerGeneration generation : generations) {
            Path directory = directory(CrlScope.full(generation));
            if (Files.isDirectory(directory)) {
                String drafts = ".g" + generation.number();
                for (Path file : files(directory)) {
                    String name = file.getFileName().toString();
                    if (name.startsWith(drafts + ".") || name.startsWith(drafts + "-")) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static boolean has(Path file, CrlContent content) throws IOException {
        MessageDigest sha256 = Sha256.newDigest();
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), sha256)) {
            return Files.size(file) == content.octets()
                    && in.transferTo(OutputStream.nullOutputStream()) == content.octets()
                    && Sha256.fromOctets(sha256.digest()).equals(content.sha256());
        } catch (NoSuchFileException notThere) {
            return false;
        }
    }

    private static void link(Path link, Path target) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        Path draft = link.resolveSibling("." + link.getFileName() + ".link");
        Files.deleteIfExists(draft);
        Files.createSymbolicLink(draft, target);
        Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path directory(CrlScope scope) {
        return crls.resolve(scope.issuer().issuer().value());
    }

    private Path compressed(CrlScope scope) {
        return directory(scope).resolve(scope.name() + ENDING + ".gz");
    }

    /** Serials are random and the rest repeats: more effort finds no more. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
