package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.authority.Outlook;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationTerms;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeyVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rotation in memory, in a world where nobody has fetched anything and nothing was issued. */
final class GenerationsRig {
    private GenerationsRig() {}

    static AdminServices.Generations of(MemoryStore store, KeyVault vault, InstantSource clock) {
        var ground = new Rotation.Ground(
                vault, store.issuers(), store.ledger()::claimKey, new Linter(), TestCa.issuers(Optional.empty()));
        var gate = new Rotation.Gate(new Nobody(), new Nothing(), new RotationTerms(50, Duration.ZERO));
        return new AdminServices.Generations(new Rotation(ground, gate, clock, new SecureRandom()), () -> {});
    }

    private record Nobody() implements FetchedChains {
        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {}

        @Override
        public Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now) {
            return new Reach(10, 0);
        }

        @Override
        public void forget(IssuerGeneration generation) {}
    }

    private record Nothing() implements Outlook {
        @Override
        public Optional<Instant> lastExpiry(IssuerGeneration generation) {
            return Optional.empty();
        }

        @Override
        public boolean lastCrlsPublished(IssuerGeneration generation) {
            return true;
        }
    }
}
