package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Standings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
        return all.stream()
                .map(IssuerRecord::chain)
                .filter(chain -> signer.isPresent() && issuedBy(signer.get(), chain))
                .filter(chain -> chain.getFirst().serial().equals(serial))
                .findFirst()
                .map(_ -> new Standing.Good());
    }

    /** A chain's second certificate issued its first; a root's only one issued itself. */
    private static boolean issuedBy(CertificateDer signer, List<CertificateDer> chain) {
        return !chain.isEmpty() && chain.get(Math.min(1, chain.size() - 1)).equals(signer);
    }
}
