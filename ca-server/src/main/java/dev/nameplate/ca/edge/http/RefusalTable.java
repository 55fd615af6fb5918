package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;

/** Every refusal and its answer. A new refusal does not compile until it has one. */
final class RefusalTable {
    private static final Duration ISSUER_WAIT = Duration.ofHours(1);

    private RefusalTable() {}

    static Answer answer(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfCredential who -> ofCredential(who);
            case Refusal.OfRequest what -> ofRequest(what);
            case Refusal.OfDecision decision -> ofDecision(decision);
            case Refusal.OfOperation operation -> ofOperation(operation);
            case Refusal.OfFactory factory -> FactoryRefusals.answer(factory);
        };
    }

    private static Answer ofCredential(Refusal.OfCredential refusal) {
        return switch (refusal) {
            case Refusal.NotAuthenticated r ->
                no(
                        401,
                        "not-authenticated",
                        "credential missing or not accepted: use a client certificate or a one-time code");
            case Refusal.NonceStale r ->
                no(
                        401,
                        "nonce-stale",
                        "the challenge that was answered is over or was answered before; answer the new one");
            case Refusal.CodeUsed r -> no(401, "code-used", "this one-time code was used before; ask for a new one");
            case Refusal.CodeExpired r -> no(401, "code-expired", "this one-time code expired at " + r.expired());
            case Refusal.CodeCancelled r ->
                no(401, "code-cancelled", "this one-time code was cancelled; ask for a new one");
            case Refusal.QuotaSpent r ->
                no(429, "quota-spent", "too many: " + r.what() + "; try again later")
                        .after(r.retryAfter());
            case Refusal.CertificateForeign r ->
                no(
                        403,
                        "certificate-foreign",
                        "no accepted issuer made the client certificate; its issuer is " + shown(r.issuer()));
            case Refusal.CertificateExpired r ->
                no(403, "certificate-expired", "client certificate " + r.serial() + " expired at " + r.notAfter());
            case Refusal.CertificateNotYetValid r ->
                no(
                        403,
                        "certificate-not-yet-valid",
                        "client certificate " + r.serial() + " is valid from " + r.notBefore() + "; check the clocks");
            case Refusal.CertificateRevoked r ->
                no(403, "certificate-revoked", "client certificate " + r.serial() + " is revoked since " + r.since());
            case Refusal.CertificateNotForClients r ->
                no(
                        403,
                        "certificate-not-for-clients",
                        "client certificate " + r.serial() + " is not for TLS clients: " + r.why());
            case Refusal.CertificateSuperseded r ->
                no(
                        403,
                        "certificate-superseded",
                        "client certificate " + r.serial() + " was replaced by " + r.successor()
                                + ", which is in use: use that one");
            case Refusal.NothingToRenew r ->
                no(403, "nothing-to-renew", "re-enrolment renews the certificate of the TLS session: " + r.why());
            case Refusal.SignedByAnother r ->
                no(
                        403,
                        "signed-by-another",
                        "the message is signed by another device than the one whose certificate the TLS session shows");
            case Refusal.WayNotAccepted r ->
                no(403, "way-not-accepted", "label " + r.label() + " does not take authentication by " + r.way());
            case Refusal.DeviceUnknown r -> no(403, "device-unknown", "device " + r.device() + " is not registered");
            case Refusal.DeviceNotActive r -> no(403, "device-not-active", "device " + r.device() + " is " + r.state());
            case Refusal.LabelUnknown r -> no(404, "label-unknown", "there is no label " + r.label());
        };
    }

    private static Answer ofRequest(Refusal.OfRequest refusal) {
        return switch (refusal) {
            case Refusal.CsrSignatureWrong r ->
                no(
                        400,
                        "csr-signature-wrong",
                        "the signature of the certification request does not verify with its own key");
            case Refusal.ProofMissing r ->
                no(
                        400,
                        "proof-missing",
                        "the certification request is not signed with the key it is for; no other proof is taken");
            case Refusal.KeyNotAllowed r -> no(400, "key-not-allowed", r.key() + " is not one of " + sorted(r));
            case Refusal.KeyWeak r -> no(400, "key-weak", "the public key is weak: " + r.why());
            case Refusal.KeyTaken r -> no(403, "key-taken", "this public key belongs to somebody else; make a new key");
            case Refusal.KeyRevoked r ->
                no(
                        403,
                        "key-revoked",
                        "certificate " + r.serial() + ", issued for this key, was revoked; make a new key");
            case Refusal.NotItsOwnName r ->
                no(
                        403,
                        "not-its-own-name",
                        "the request names " + shown(r.asked()) + ", which is not device " + r.device());
            case Refusal.NamesDiffer r ->
                no(
                        400,
                        "names-differ",
                        r.field() + " is " + shown(r.asked()) + ", but the certificate being renewed has "
                                + shown(r.has()));
            case Refusal.OfTerms terms -> ofTerms(terms);
            case Refusal.SubjectAltNameNotAllowed r ->
                no(
                        400,
                        "san-not-allowed",
                        "subjectAltName " + shown(r.name()) + " is not allowed by profile " + r.profile());
            case Refusal.ExtensionNotAllowed r ->
                no(
                        400,
                        "extension-not-allowed",
                        "extension " + shown(r.extension()) + " is not allowed by profile " + r.profile());
            case Refusal.AttributeNotSupported r ->
                no(
                        400,
                        "attribute-not-supported",
                        "attribute " + shown(r.attribute()) + " is not supported: " + r.why());
            case Refusal.KeyNotDeliverable r -> no(400, "key-not-deliverable", r.why());
            case Refusal.NotLinked r -> no(400, "not-linked", r.why());
            case Refusal.IdentityIncomplete r ->
                no(
                                403,
                                "identity-incomplete",
                                "device " + r.device() + " has no usable " + r.field() + ", which the profile needs")
                        .at(r.field());
            case Refusal.IssuerNotValid r ->
                no(503, "issuer-not-valid", "issuer " + r.issuer() + " cannot issue now: " + r.why())
                        .after(ISSUER_WAIT);
        };
    }

    private static Answer ofTerms(Refusal.OfTerms refusal) {
        return switch (refusal) {
            case Refusal.AttestationMissing r ->
                no(
                        400,
                        "attestation-missing",
                        "this label requires key attestation in the request: the attribute id-aa-attestation"
                                + " (1.2.840.113549.1.9.16.2.59)");
            case Refusal.NewNames r -> no(400, "new-names", newNames(r));
            case Refusal.RenewalTooEarly r ->
                no(403, "renewal-too-early", "certificate " + r.serial() + " is renewed from " + r.from() + " on")
                        .after(r.retryAfter());
        };
    }

    private static Answer ofDecision(Refusal.OfDecision refusal) {
        return switch (refusal) {
            case Refusal.RequestRejected r ->
                no(
                        403,
                        "request-rejected",
                        r.by() + " rejected this request"
                                + r.reason().map(reason -> ": " + shown(reason)).orElse("; it will not be granted"));
            case Refusal.DecisionUnavailable r ->
                no(503, "decision-unavailable", r.why() + "; try again later").after(r.retryAfter());
        };
    }

    private static Answer ofOperation(Refusal.OfOperation refusal) {
        return switch (refusal) {
            case Refusal.AlreadyExists r -> no(409, "already-exists", r.what() + " exists already");
            case Refusal.NotFound r -> no(404, "not-found", "there is no " + r.what());
            case Refusal.FieldWrong r ->
                no(400, "field-wrong", r.field() + ": " + r.why()).at(r.field());
            case Refusal.NotPossibleNow r -> no(409, "not-possible-now", r.what() + ": " + r.why());
        };
    }

    private static String newNames(Refusal.NewNames refusal) {
        String given =
                "the " + refusal.field() + " that its registration gives the device now is " + shown(refusal.given());
        return refusal.asked()
                .map(asked ->
                        "changeSubjectName asks for the " + refusal.field() + " " + shown(asked) + ", but " + given)
                .orElse(given + ": ask for it with changeSubjectName (RFC 6402, 2.8)");
    }

    private static Answer no(int status, String type, String text) {
        return new Answer(status, type, text);
    }

    private static String shown(String text) {
        return Text.shown(text);
    }

    private static String sorted(Refusal.KeyNotAllowed refusal) {
        return refusal.allowed().stream().sorted().toList().toString();
    }
}
