package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Certificates that a CA elsewhere made for an issuer of ours.
 *
 * @param path from the issuer to its self-signed root
 * @param links that join this root to one that was known before
 */
record GivenChain(List<CertificateDer> path, List<CertificateDer> links, List<IssuerRecord> known) {
    static GivenChain of(List<CertificateDer> given, List<IssuerRecord> known) {
        int root = 0;
        while (root < given.size()
                && !ChainCheck.signedBy(
                        given.get(root).parsed(), given.get(root).parsed())) {
            root++;
        }
        int end = Math.min(root + 1, given.size());
        return new GivenChain(given.subList(0, end), given.subList(end, given.size()), known);
    }

    /** What is wrong with it, if anything is. */
    Optional<String> objection(Instant now) {
        if (path.isEmpty()) {
            return Optional.of("it is empty; give the certificate that was made for the request, up to its root");
        }
        return ChainCheck.objectionTo(path, now)
                .or(() -> links.stream()
                        .flatMap(link -> objectionTo(link).stream())
                        .findFirst());
    }

    private Optional<String> objectionTo(CertificateDer link) {
        boolean joins = roots().anyMatch(one -> link.keyHash().equals(one.keyHash()))
                && roots().anyMatch(one -> ChainCheck.signedBy(link.parsed(), one.parsed()));
        return joins
                ? Optional.empty()
                : Optional.of("certificate " + link.serial() + " does not join two roots that are known here;"
                        + " after the root there may be only such (OldWithNew, NewWithOld)");
    }

    private Stream<CertificateDer> roots() {
        return Stream.concat(
                Stream.of(path.getLast()),
                known.stream()
                        .filter(record -> !record.chain().isEmpty())
                        .map(record -> record.chain().getLast()));
    }
}
