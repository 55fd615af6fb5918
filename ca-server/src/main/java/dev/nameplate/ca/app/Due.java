package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerKey;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Whether a certificate of the CA's own is due, as its profile says, and another one would last any longer. */
record Due(Core core, ProfileName profile, Supplier<Optional<IssuerKey>> issuer) implements Predicate<CertificateDer> {
    /** By the issuer that the profile names. */
    static Due of(Core core, ProfileName profile) {
        return new Due(
                core,
                profile,
                () -> core.authorities()
                        .activeKeyFor(core.settings().profiles().named(profile).issuer()));
    }

    @Override
    public boolean test(CertificateDer certificate) {
        Instant end = certificate.parsed().getNotAfter().toInstant();
        return core.settings()
                        .profiles()
                        .named(profile)
                        .renewal()
                        .due(end, core.means().clock().instant())
                && wouldLastLonger(end);
    }

    /** In its last days an issuer cuts short what it issues: what ends with it is as good as another one would be. */
    boolean wouldLastLonger(Instant end) {
        return issuer.get().map(key -> end.isBefore(key.notAfter())).orElse(true);
    }
}
