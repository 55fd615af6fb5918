package dev.nameplate.ca.canary;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.ServiceCertificates;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Issues a certificate, revokes it, and waits until the world outside is told so: the lag between the word and what a relying party
 * sees, over everything in between.
 */
public final class Canary {
    private static final String PURPOSE = "canary";

    private final CanarySettings settings;
    private final Ca ca;
    private final Lookout lookout;
    private final Supplier<SubjectPublicKeyInfo> freshKey;
    private final InstantSource clock;
    private volatile Optional<Flight> last = Optional.empty();

    /** What of the CA it needs. */
    public record Ca(ServiceCertificates services, Revocations revocations, Authorities authorities) {}

    /** @param freshKey a public key nobody had before; nobody needs its private key */
    public Canary(
            CanarySettings settings,
            Ca ca,
            Lookout lookout,
            Supplier<SubjectPublicKeyInfo> freshKey,
            InstantSource clock) {
        this.settings = settings;
        this.ca = ca;
        this.lookout = lookout;
        this.freshKey = freshKey;
        this.clock = clock;
    }

    /** One flight, to its end. */
    public Flight fly() {
        Flight flight = attempt();
        last = Optional.of(flight);
        return flight;
    }

    /** The flight before now, if there was one. */
    public Optional<Flight> last() {
        return last;
    }

    private Flight attempt() {
        try {
            return issued(freshKey.get());
        } catch (LookoutException e) {
            return new Flight.Lost(clock.instant(), String.valueOf(e.getMessage()));
        }
    }

    private Flight issued(SubjectPublicKeyInfo key) {
        return switch (ca.services().issue(new ServiceRequest(PURPOSE, settings.profile(), key, List.of()))) {
            case Issuance.Issued(var issued) -> fly(issued);
            case Issuance.Refused(var refusal) ->
                new Flight.Lost(clock.instant(), "no certificate for the canary: " + refusal);
        };
    }

    private Flight fly(IssuedCertificate issued) {
        CertificateDer issuer = issuerOf(issued);
        if (lookout.ocsp(issued.certificate(), issuer) != Lookout.OcspWord.GOOD) {
            return new Flight.Lost(clock.instant(), "OCSP does not say that a fresh certificate is good");
        }
        Revocation revoked = ca.revocations()
                .revoke(
                        issued.issuer(),
                        issued.serial(),
                        RevocationReason.CESSATION_OF_OPERATION,
                        Optional.empty(),
                        Cause.SYSTEM);
        if (!(revoked instanceof Revocation.Changed)) {
            return new Flight.Lost(clock.instant(), "the canary's certificate could not be revoked: " + revoked);
        }
        return follow(issued.certificate(), issuer, clock.instant());
    }

    private Flight follow(CertificateDer certificate, CertificateDer issuer, Instant since) {
        Optional<Duration> ocsp = seen(since, () -> lookout.ocsp(certificate, issuer) == Lookout.OcspWord.REVOKED);
        if (ocsp.isEmpty()) {
            return new Flight.Lost(clock.instant(), "OCSP did not say revoked within " + settings.patience());
        }
        return seen(since, () -> lookout.listed(certificate))
                .<Flight>map(crl -> new Flight.Landed(clock.instant(), ocsp.get(), crl))
                .orElseGet(() -> new Flight.Lost(
                        clock.instant(), "the CRL did not list a revoked certificate within " + settings.patience()));
    }

    private Optional<Duration> seen(Instant since, BooleanSupplier look) {
        Instant end = since.plus(settings.patience());
        while (!look.getAsBoolean()) {
            if (clock.instant().isAfter(end) || !pause()) {
                return Optional.empty();
            }
        }
        return Optional.of(Duration.between(since, clock.instant()));
    }

    /** @return false if there is no time left to pause */
    private boolean pause() {
        try {
            Thread.sleep(settings.pause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CertificateDer issuerOf(IssuedCertificate issued) {
        return ca.authorities().all().stream()
                .filter(record -> record.generation().equals(issued.issuer()))
                .map(record -> record.chain().getFirst())
                .findFirst()
                .orElseThrow();
    }
}
