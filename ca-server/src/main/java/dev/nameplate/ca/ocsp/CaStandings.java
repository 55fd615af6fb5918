package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Standings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** The standings of everything that was ever issued: those of certificates on record, and CA certificates, which are recorded apart. */
public final class CaStandings implements Standings {
    private final Standings certificates;
    private final Supplier<List<IssuerRecord>> issuers;

    /** @param issuers all generations of all issuers and roots, from memory */
    public CaStandings(Standings certificates, Supplier<List<IssuerRecord>> issuers) {
        this.certificates = certificates;
        this.issuers = issuers;
    }

    @Override
    public Optional<Standing> of(IssuerGeneration issuer, SerialNumber serial) {
        return certificates.of(issuer, serial).or(() -> ofCa(issuer, serial));
    }

    private Optional<Standing> ofCa(IssuerGeneration issuer, SerialNumber serial) {
        List<IssuerRecord> all = issuers.get();
        Optional<CertificateDer> signer = all.stream()
                .filter(record -> record.generation().equals(issuer))
                .flatMap(record -> record.chain().stream().limit(1))
                .findFirst();
        boolean known = all.stream()
                .map(IssuerRecord::chain)
                .filter(chain -> signer.isPresent() && issuedBy(signer.get(), chain))
                .anyMatch(chain -> chain.getFirst().serial().equals(serial));
        boolean joins = all.stream()
                .flatMap(record -> record.links().stream())
                .filter(link -> signer.isPresent() && names(signer.get(), link))
                .anyMatch(link -> link.serial().equals(serial));
        return known || joins ? Optional.of(new Standing.Good()) : Optional.empty();
    }

    /** Two roots of one name are told apart by their keys. */
    private static boolean names(CertificateDer signer, CertificateDer link) {
        var above = AuthorityKeyIdentifier.fromExtensions(link.parsed().getExtensions());
        var own = SubjectKeyIdentifier.fromExtensions(signer.parsed().getExtensions());
        return above != null && own != null && Arrays.equals(above.getKeyIdentifierOctets(), own.getKeyIdentifier());
    }

    /** A chain's second certificate issued its first; a root's only one issued itself. */
    private static boolean issuedBy(CertificateDer signer, List<CertificateDer> chain) {
        return !chain.isEmpty() && chain.get(Math.min(1, chain.size() - 1)).equals(signer);
    }
}
