package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a path finds its file: {@code /crl/ISSUER/gN.crl} and {@code /crl/ISSUER/gN-SHARD.crl}, and for the generation that signs
 * now also {@code /crl/ISSUER.crl} and {@code /crl/ISSUER/SHARD.crl}. What a path can name is what these patterns can say.
 */
final class CrlFiles {
    private static final Pattern BY_NAME =
            Pattern.compile("/crl/([a-z][a-z0-9-]{0,31})/(g[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,4})?)\\.crl");
    private static final Pattern OF_ACTIVE =
            Pattern.compile("/crl/([a-z][a-z0-9-]{0,31})(?:/([1-9][0-9]{0,4}))?\\.crl");

    private final Supplier<List<IssuerRecord>> issuers;
    private final Path published;

    CrlFiles(Supplier<List<IssuerRecord>> issuers, Path published) {
        this.issuers = issuers;
        this.published = published;
    }

    /**
     * The file as it is now, open.
     *
     * @param wanted plain is given where there is no other
     * @return nothing if no such CRL was published
     * @throws IOException if it cannot be read
     */
    Optional<CrlFile> open(String path, CrlForm wanted) throws IOException {
        Optional<CrlScope> scope = scopeOf(path);
        if (scope.isEmpty()) {
            return Optional.empty();
        }
        Optional<CrlFile> found = open(scope.get(), wanted);
        return found.isPresent() || wanted == CrlForm.PLAIN ? found : open(scope.get(), CrlForm.PLAIN);
    }

    private Optional<CrlFile> open(CrlScope scope, CrlForm form) throws IOException {
        Path directory =
                published.resolve("crl").resolve(scope.issuer().issuer().value());
        try {
            return Optional.of(CrlFile.open(directory.resolve(scope.name() + form.ending()), form));
        } catch (NoSuchFileException notPublished) {
            return Optional.empty();
        }
    }

    private Optional<CrlScope> scopeOf(String path) {
        try {
            return scope(path);
        } catch (IllegalArgumentException noSuchShard) {
            return Optional.empty();
        }
    }

    private Optional<CrlScope> scope(String path) {
        Matcher byName = BY_NAME.matcher(path);
        if (byName.matches()) {
            return Optional.of(CrlScope.of(new IssuerName(byName.group(1)), byName.group(2)));
        }
        Matcher ofActive = OF_ACTIVE.matcher(path);
        if (!ofActive.matches()) {
            return Optional.empty();
        }
        int shard = ofActive.group(2) == null ? 0 : Integer.parseInt(ofActive.group(2));
        return active(new IssuerName(ofActive.group(1))).map(generation -> new CrlScope(generation, shard));
    }

    private Optional<IssuerGeneration> active(IssuerName issuer) {
        return issuers.get().stream()
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE)
                .map(IssuerRecord::generation)
                .filter(generation -> generation.issuer().equals(issuer))
                .max(Comparator.comparingInt(IssuerGeneration::number));
    }
}
