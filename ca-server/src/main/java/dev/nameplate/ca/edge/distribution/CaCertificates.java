package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.est.CertsOnly;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The certificates of each issuer, as files (RFC 5280, 4.2.2.1). */
final class CaCertificates {
    private final Supplier<List<IssuerRecord>> issuers;

    CaCertificates(Supplier<List<IssuerRecord>> issuers) {
        this.issuers = issuers;
    }

    /** The certificate of the generation that signs, in DER; before there is one, that of the newest. */
    Optional<PublicFile> certificate(IssuerName issuer) {
        return certified(issuer).stream()
                .max(Comparator.comparingInt(CaCertificates::rank))
                .map(record ->
                        file("application/pkix-cert", record.chain().getFirst().octets(), record.createdAt()));
    }

    /** The certificate of one generation, whatever became of it. */
    Optional<PublicFile> certificate(IssuerGeneration generation) {
        return certified(generation.issuer()).stream()
                .filter(record -> record.generation().equals(generation))
                .findFirst()
                .map(record ->
                        file("application/pkix-cert", record.chain().getFirst().octets(), record.createdAt()));
    }

    /** The certificates of all its generations, and what joins them: a path builder finds the right one. */
    Optional<PublicFile> bundle(IssuerName issuer) {
        List<IssuerRecord> records = certified(issuer);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> certificates = records.stream()
                .flatMap(record -> Stream.concat(record.chain().stream().limit(1), record.links().stream()))
                .distinct()
                .map(CertificateDer::octets)
                .toList();
        Instant newest = records.stream()
                .map(IssuerRecord::createdAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Optional.of(file("application/pkcs7-mime", CertsOnly.encodeDer(certificates), newest));
    }

    private List<IssuerRecord> certified(IssuerName issuer) {
        return issuers.get().stream()
                .filter(record -> record.generation().issuer().equals(issuer))
                .filter(record -> !record.chain().isEmpty() && record.state() != IssuerRecord.State.PREPARED)
                .toList();
    }

    private static int rank(IssuerRecord record) {
        int number = record.generation().number();
        return record.state() == IssuerRecord.State.ACTIVE ? Integer.MAX_VALUE : number;
    }

    private static PublicFile file(String contentType, byte[] content, Instant modified) {
        return new PublicFile(
                contentType, content, '"' + Sha256.of(content).toString().substring(0, 32) + '"', modified);
    }
}
