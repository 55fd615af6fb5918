package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The CA certificate that what is verified offline must lead to. */
final class PinnedRoot {
    private PinnedRoot() {}

    /** @param named by the user; without it, the home's if it has one */
    static Optional<Sha256> of(Nameplate root, @Nullable Path named) {
        return named == null ? of(root.home()) : Optional.of(fingerprint(named));
    }

    /** That of HOME/tls/ca.pem, if it is there. */
    static Optional<Sha256> of(Path home) {
        return Optional.of(home.resolve("tls").resolve("ca.pem"))
                .filter(Files::exists)
                .map(PinnedRoot::fingerprint);
    }

    private static Sha256 fingerprint(Path pem) {
        try {
            return CertificateDer.of(PemFiles.certificates(pem).getLast()).fingerprint();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }
}
