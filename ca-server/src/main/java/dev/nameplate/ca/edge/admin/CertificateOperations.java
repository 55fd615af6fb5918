package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.adoption.AdoptedSerials;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.Revocations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Certificates: list, show, revoke, hold, release. */
final class CertificateOperations {
    private static final String GROUP = "certificates";
    private static final Parameter SERIAL = Parameter.path("serial", SerialNumber.class, "the certificate's serial");
    private static final Parameter ISSUER =
            Parameter.query("issuer", IssuerGeneration.class, "which one, if several issuers used the serial");

    private final CertificateLedger ledger;
    private final AdoptedSerials adopted;
    private final Revocations revocations;

    CertificateOperations(CertificateLedger ledger, AdoptedSerials adopted, Revocations revocations) {
        this.ledger = ledger;
        this.adopted = adopted;
        this.revocations = revocations;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/certificates")
                        .called("listCertificates", "Lists certificates in the order of their serials.")
                        .with(Parameter.query("device", DeviceId.class, "only this device's"))
                        .with(Parameter.query("holder", Holder.class, "only this holder's; not together with device"))
                        .with(Parameter.query("profile", ProfileName.class, "only those of this profile"))
                        .paged(SerialNumber.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Certificates.", Page.class, CertificateView.class), this::list),
                Operation.get(GROUP, "/api/v1/certificates/{serial}")
                        .called("showCertificate", "Shows a certificate.")
                        .with(SERIAL)
                        .with(ISSUER)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The certificate.", CertificateDetails.class), this::show),
                Operation.post(GROUP, "/api/v1/certificates/{serial}/revocation")
                        .called("revokeCertificate", "Revokes a certificate for good. Doing so twice does no harm.")
                        .with(SERIAL)
                        .with(ISSUER)
                        .taking(NewRevocation.class)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is revoked.", StandingView.class), this::revoke),
                Operation.post(GROUP, "/api/v1/certificates/{serial}/hold")
                        .called(
                                "holdCertificate",
                                "Holds a certificate: it counts as revoked until it is released. With a date, the hold"
                                        + " becomes a revocation for good then.")
                        .with(SERIAL)
                        .with(ISSUER)
                        .taking(NewHold.class)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is held.", StandingView.class), this::hold),
                Operation.post(GROUP, "/api/v1/certificates/{serial}/release")
                        .called("releaseCertificate", "Takes back a hold. A revocation cannot be taken back.")
                        .with(SERIAL)
                        .with(ISSUER)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is not held any more.", StandingView.class), this::release));
    }

    private Result list(Call call) {
        Optional<Holder> device = call.query("device", DeviceId.class).map(Holder::of);
        Optional<Holder> holder = call.query("holder", Holder.class);
        if (device.isPresent() && holder.isPresent()) {
            return new Result.Refused(new Refusal.FieldWrong("holder", "give device or holder, not both"));
        }
        PageLimit limit = call.limit();
        var query = new CertificateQuery(
                device.or(() -> holder),
                call.query("profile", ProfileName.class),
                call.query("after", SerialNumber.class),
                limit.value());
        return new Result.Done(Page.full(ledger.list(query), limit, IssuedCertificate::serial, CertificateView::of));
    }

    private Result show(Call call) {
        return withOne(
                call,
                one -> ledger.findBySerial(one.serial()).stream()
                        .filter(issued -> issued.issuer().equals(one.issuer()))
                        .findFirst()
                        .<Result>map(issued -> new Result.Done(new CertificateDetails(
                                CertificateView.of(issued), PemText.of(List.of(issued.certificate())))))
                        .orElseGet(() -> new Result.Refused(
                                new Refusal.NotPossibleNow("certificate " + one.serial(), serialAlone(one)))));
    }

    private Result revoke(Call call) {
        NewRevocation wish = call.body(NewRevocation.class);
        return withOne(
                call,
                one -> result(
                        one,
                        revocations.revoke(
                                one.issuer(), one.serial(), wish.reason(), wish.invalidityDate(), call.cause())));
    }

    private Result hold(Call call) {
        NewHold wish = call.body(NewHold.class);
        return withOne(
                call, one -> result(one, revocations.hold(one.issuer(), one.serial(), wish.finality(), call.cause())));
    }

    private Result release(Call call) {
        return withOne(call, one -> result(one, revocations.release(one.issuer(), one.serial(), call.cause())));
    }

    private static Result result(CertificateName one, Revocation outcome) {
        return switch (outcome) {
            case Revocation.Changed(var now) -> new Result.Done(StandingView.of(one, now, false));
            case Revocation.Unchanged(var standing) -> new Result.Done(StandingView.of(one, standing, true));
            case Revocation.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result withOne(Call call, Function<CertificateName, Result> then) {
        SerialNumber serial = call.path("serial", SerialNumber.class);
        Optional<IssuerGeneration> issuer = call.query("issuer", IssuerGeneration.class);
        List<CertificateName> found = known(serial)
                .filter(one -> issuer.map(one.issuer()::equals).orElse(true))
                .toList();
        return switch (found.size()) {
            case 0 -> new Result.Refused(new Refusal.NotFound("certificate " + serial));
            case 1 -> then.apply(found.getFirst());
            default -> new Result.Refused(new Refusal.FieldWrong("issuer", "name one of " + issuers(found)));
        };
    }

    private Stream<CertificateName> known(SerialNumber serial) {
        return Stream.concat(
                ledger.findBySerial(serial).stream().map(issued -> new CertificateName(issued.issuer(), serial)),
                adopted.find(serial).stream().map(one -> new CertificateName(one.issuer(), serial)));
    }

    private String serialAlone(CertificateName name) {
        return adopted.find(name.serial()).stream()
                .filter(one -> one.issuer().equals(name.issuer()))
                .findFirst()
                .map(one -> "only its serial came from the CA before: " + one.subject() + ", until " + one.notAfter()
                        + one.standing()
                                .revokedAt()
                                .map(at -> ", revoked since " + at)
                                .orElse(", good"))
                .orElse("it is not there any more");
    }

    private static String issuers(List<CertificateName> found) {
        return found.stream().map(one -> one.issuer().toString()).collect(Collectors.joining(", "));
    }
}
