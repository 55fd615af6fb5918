package dev.nameplate.ca.operator;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ClientUse;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may use the operator door. A removed operator's certificates open nothing from that moment on, revoked or not. */
public final class Operators {
    private static final ProfileName STATION = new ProfileName("station");

    private final OperatorRegistry registry;
    private final KnownCertificates known;
    private final InstantSource clock;

    public Operators(OperatorRegistry registry, KnownCertificates known, InstantSource clock) {
        this.registry = registry;
        this.known = known;
        this.clock = clock;
    }

    /** @param chain the TLS client's certificates, its own first; empty if it sent none */
    public Authorization authenticate(List<CertificateDer> chain) {
        if (chain.isEmpty()) {
            return new Authorization.Unknown(new Refusal.NotAuthenticated());
        }
        CertificateDer shown = chain.getFirst();
        Optional<KnownCertificate> certificate = known.find(shown);
        if (certificate.isEmpty()) {
            String issuer = Text.shown(shown.parsed().getIssuer().toString());
            return new Authorization.Unknown(new Refusal.CertificateForeign(issuer));
        }
        return objectionTo(certificate.get())
                .<Authorization>map(Authorization.Unknown::new)
                .orElseGet(() -> active(certificate.get()));
    }

    /** Refuses a name that anybody has or had. */
    public OperatorChange add(OperatorName name, Set<Role> roles, Cause cause) {
        if (roles.isEmpty()) {
            return new OperatorChange.Refused(new Refusal.FieldWrong("roles", "an operator has at least one role"));
        }
        Instant now = clock.instant();
        var operator = new Operator(name, roles, now, Optional.empty());
        var event = cause.event(now, "operator.added", subject(name), Map.of("roles", words(roles)));
        return registry.add(operator, event)
                ? new OperatorChange.Done(operator)
                : new OperatorChange.Refused(new Refusal.AlreadyExists("operator " + name));
    }

    /** Refuses to remove the last active admin. */
    public OperatorChange remove(OperatorName name, Cause cause) {
        Instant now = clock.instant();
        boolean removed = registry.remove(name, now, cause.event(now, "operator.removed", subject(name), Map.of()));
        Optional<Operator> operator = registry.find(name);
        if (removed && operator.isPresent()) {
            return new OperatorChange.Done(operator.get());
        }
        return new OperatorChange.Refused(
                operator.filter(Operator::active).isPresent()
                        ? new Refusal.NotPossibleNow(
                                "operator " + name, "it is the last active admin; add another one first")
                        : new Refusal.NotFound("operator " + name));
    }

    /** Everybody, removed ones included. */
    public List<Operator> list() {
        return registry.list();
    }

    private Optional<Refusal> objectionTo(KnownCertificate certificate) {
        SerialNumber serial = certificate.certificate().serial();
        if (certificate.revokedAt().isPresent()) {
            return Optional.of(new Refusal.CertificateRevoked(
                    serial, certificate.revokedAt().get()));
        }
        if (name(certificate).isEmpty()) {
            return Optional.of(new Refusal.CertificateNotForClients(
                    serial, "it was issued to " + certificate.holder() + ", not to an operator"));
        }
        return dateObjection(certificate.certificate())
                .or(() -> ClientUse.objectionTo(certificate.certificate())
                        .map(why -> new Refusal.CertificateNotForClients(serial, why)));
    }

    private Optional<Refusal> dateObjection(CertificateDer certificate) {
        Instant now = clock.instant();
        Instant notBefore = certificate.parsed().getNotBefore().toInstant();
        Instant notAfter = certificate.parsed().getNotAfter().toInstant();
        if (now.isBefore(notBefore)) {
            return Optional.of(new Refusal.CertificateNotYetValid(certificate.serial(), notBefore));
        }
        return now.isAfter(notAfter)
                ? Optional.of(new Refusal.CertificateExpired(certificate.serial(), notAfter))
                : Optional.empty();
    }

    /** A station is a device: it enrols and renews itself over EST, by the profile that is for stations alone. */
    private static Optional<OperatorName> name(KnownCertificate certificate) {
        boolean station = certificate.profile().equals(STATION)
                && certificate
                        .device()
                        .filter(device -> device.state() == Device.State.ACTIVE)
                        .isPresent();
        return switch (certificate.holder().kind()) {
            case OPERATOR -> Optional.of(new OperatorName(certificate.holder().name()));
            case DEVICE -> station ? OperatorName.from(certificate.holder().name()) : Optional.empty();
            case CA -> Optional.empty();
        };
    }

    /** People do not come with a station's certificate, nor stations with a person's. */
    private static boolean fits(Operator operator, KnownCertificate certificate) {
        boolean station = certificate.holder().kind() == Holder.Kind.DEVICE;
        return station
                ? operator.roles().equals(Set.of(Role.STATION))
                : !operator.roles().contains(Role.STATION);
    }

    private Authorization active(KnownCertificate certificate) {
        Optional<Operator> operator = name(certificate)
                .flatMap(registry::find)
                .filter(Operator::active)
                .filter(found -> fits(found, certificate));
        operator.filter(_ -> certificate.firstUsedAt().isEmpty())
                .ifPresent(_ -> known.noteUse(certificate.certificate(), clock.instant()));
        return operator.<Authorization>map(Authorization.Known::new)
                .orElseGet(() -> new Authorization.Unknown(new Refusal.NotAuthenticated()));
    }

    private static String subject(OperatorName name) {
        return Holder.of(name).toString();
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::toString).collect(Collectors.joining(" "));
    }
}
