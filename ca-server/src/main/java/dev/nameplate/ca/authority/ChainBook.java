package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;

/** Who is above whom, and so what is handed out for an issuer. */
final class ChainBook {
    private final List<IssuerRecord> all;

    ChainBook(List<IssuerRecord> all) {
        this.all = all;
    }

    /** The chains of its generations, the newest first, those of the issuers above it, and what joins their roots. */
    List<CertificateDer> handedOutFor(IssuerName issuer) {
        Set<CertificateDer> certificates = new LinkedHashSet<>();
        List<IssuerRecord> own = handedOut(issuer);
        own.forEach(record -> certificates.addAll(record.chain()));
        if (!own.isEmpty()) {
            above(issuer).stream()
                    .flatMap(name -> handedOut(name).stream())
                    .forEach(record -> certificates.addAll(record.chain()));
            certificates.addAll(linksAmong(roots(certificates)));
        }
        return List.copyOf(certificates);
    }

    /** The roots of its chains, and those that will follow on them. */
    List<CertificateDer> rootsOf(IssuerName issuer) {
        return Stream.concat(Stream.of(issuer), above(issuer).stream())
                .flatMap(name -> handedOut(name).stream())
                .map(record -> record.chain().getLast())
                .distinct()
                .toList();
    }

    /** Generations of this issuer and of those above it that are handed out and newer than the one that signs. */
    List<IssuerGeneration> newsFor(IssuerName issuer) {
        return Stream.concat(Stream.of(issuer), above(issuer).stream())
                .flatMap(name -> newsOf(name).stream())
                .toList();
    }

    /** This issuer, and every one below it. */
    Set<IssuerName> family(IssuerName issuer) {
        Set<IssuerName> family = new LinkedHashSet<>(Set.of(issuer));
        all.stream()
                .map(record -> record.generation().issuer())
                .filter(name -> above(name).contains(issuer))
                .forEach(family::add);
        return family;
    }

    /** What a server shows after its own certificate: the issuers up to the root, and for whom has only another root, the links. */
    List<CertificateDer> shownBy(IssuerRecord record) {
        List<CertificateDer> shown = new ArrayList<>(
                record.chain().stream().filter(one -> !selfIssued(one)).toList());
        CertificateDer root = record.chain().getLast();
        linksAmong(Set.of(root)).stream()
                .filter(link -> sameKey(link, root) && !link.equals(root))
                .forEach(shown::add);
        return shown;
    }

    /** The generations whose certificates this one signed. */
    List<IssuerRecord> children(IssuerRecord record) {
        return all.stream()
                .filter(one -> one.chain().size() > 1
                        && one.chain().get(1).equals(record.chain().getFirst()))
                .toList();
    }

    private List<IssuerGeneration> newsOf(IssuerName issuer) {
        int active = generations(issuer)
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE)
                .mapToInt(record -> record.generation().number())
                .max()
                .orElse(0);
        return generations(issuer)
                .filter(record -> record.state() == IssuerRecord.State.PUBLISHED)
                .map(IssuerRecord::generation)
                .filter(generation -> generation.number() > active)
                .toList();
    }

    private Set<IssuerName> above(IssuerName issuer) {
        Set<IssuerName> names = new LinkedHashSet<>();
        handedOut(issuer)
                .forEach(record -> record.chain().stream()
                        .skip(1)
                        .flatMap(certificate -> all.stream().filter(one -> isOf(one, certificate)))
                        .map(one -> one.generation().issuer())
                        .forEach(names::add));
        names.remove(issuer);
        return names;
    }

    private List<IssuerRecord> handedOut(IssuerName issuer) {
        return generations(issuer)
                .filter(record -> record.state().handedOut())
                .sorted(Comparator.comparingInt(
                                (IssuerRecord record) -> record.generation().number())
                        .reversed())
                .toList();
    }

    private Stream<IssuerRecord> generations(IssuerName issuer) {
        return all.stream().filter(record -> record.generation().issuer().equals(issuer));
    }

    /** Links go on leading from an older root to a newer one when that older one is retired. */
    private List<CertificateDer> linksAmong(Set<CertificateDer> roots) {
        return all.stream()
                .filter(record ->
                        record.state() != IssuerRecord.State.PREPARED && record.state() != IssuerRecord.State.DESTROYED)
                .flatMap(record -> record.links().stream())
                .filter(link -> roots.stream().anyMatch(root -> sameName(link, root)))
                .distinct()
                .toList();
    }

    private static Set<CertificateDer> roots(Set<CertificateDer> certificates) {
        Set<CertificateDer> roots = new LinkedHashSet<>();
        certificates.stream().filter(ChainBook::selfIssued).forEach(roots::add);
        return roots;
    }

    private static boolean isOf(IssuerRecord record, CertificateDer certificate) {
        return !record.chain().isEmpty() && record.chain().getFirst().equals(certificate);
    }

    private static boolean selfIssued(CertificateDer certificate) {
        X509CertificateHolder parsed = certificate.parsed();
        return parsed.getSubject().equals(parsed.getIssuer());
    }

    private static boolean sameName(CertificateDer one, CertificateDer other) {
        return one.parsed().getSubject().equals(other.parsed().getSubject());
    }

    private static boolean sameKey(CertificateDer one, CertificateDer other) {
        return one.keyHash().equals(other.keyHash());
    }
}
