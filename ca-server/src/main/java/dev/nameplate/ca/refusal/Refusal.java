package dev.nameplate.ca.refusal;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Every way a decision goes against the caller. What each becomes on the wire is decided at the edge. */
public sealed interface Refusal {
    /** Who is asking is not known, or may not ask. */
    sealed interface OfCredential extends Refusal {}

    /** What is asked for cannot be certified. */
    sealed interface OfRequest extends Refusal {}

    /** The request would do elsewhere; this profile or label asks for more. */
    sealed interface OfTerms extends OfRequest {}

    /** Every rule is met; whoever has the last word did not give it. */
    sealed interface OfDecision extends Refusal {}

    /** What an operator wants does not fit what there is. */
    sealed interface OfOperation extends Refusal {}

    /** What a station or a factory's work order does not allow. */
    sealed interface OfFactory extends Refusal {}

    /** No credential, or one that is not known; says no more than that. */
    record NotAuthenticated() implements OfCredential {}

    /** What a password was answered to is not good any more, or was answered before: the same with a new challenge may be right. */
    record NonceStale() implements OfCredential {}

    /** The code was right, but somebody used it before for another key or label. */
    record CodeUsed(DeviceId device) implements OfCredential {}

    record CodeExpired(DeviceId device, Instant expired) implements OfCredential {}

    record CodeCancelled(DeviceId device) implements OfCredential {}

    /** Too many tries, or more than a quota allows. */
    record QuotaSpent(String what, Duration retryAfter) implements OfCredential {}

    record CertificateForeign(String issuer) implements OfCredential {}

    record CertificateExpired(SerialNumber serial, Instant notAfter) implements OfCredential {}

    record CertificateNotYetValid(SerialNumber serial, Instant notBefore) implements OfCredential {}

    record CertificateRevoked(SerialNumber serial, Instant since) implements OfCredential {}

    /** Key usage or extended key usage does not allow TLS client authentication, or it is a CA certificate. */
    record CertificateNotForClients(SerialNumber serial, String why) implements OfCredential {}

    /** A successor of this certificate is in use: the device's key may exist twice. */
    record CertificateSuperseded(SerialNumber serial, SerialNumber successor) implements OfCredential {}

    /** Re-enrolment renews the certificate of the TLS session; this session has none, or one of another profile. */
    record NothingToRenew(String why) implements OfCredential {}

    /** A signed message came through the TLS session of another (RFC 7030, 4.3). */
    record SignedByAnother() implements OfCredential {}

    /** This label does not take this way of proving who one is. */
    record WayNotAccepted(LabelName label, String way) implements OfCredential {}

    record DeviceUnknown(DeviceId device) implements OfCredential {}

    record DeviceNotActive(DeviceId device, String state) implements OfCredential {}

    record LabelUnknown(LabelName label) implements OfCredential {}

    record CsrSignatureWrong() implements OfRequest {}

    /** Nothing shows that whoever asks has the private key. */
    record ProofMissing() implements OfRequest {}

    record KeyNotAllowed(String key, Set<KeyAlgorithm> allowed) implements OfRequest {
        public KeyNotAllowed {
            allowed = Set.copyOf(allowed);
        }
    }

    record KeyWeak(String why) implements OfRequest {}

    /** The key belongs, or once belonged, to somebody else. Does not say to whom. */
    record KeyTaken() implements OfRequest {}

    /** The certificate issued for this very request was revoked since. */
    record KeyRevoked(SerialNumber serial) implements OfRequest {}

    record NotItsOwnName(DeviceId device, String asked) implements OfRequest {}

    /** Re-enrolment asks for other names than the certificate being renewed has (RFC 7030, 4.2.2). */
    record NamesDiffer(String field, String asked, String has) implements OfRequest {}

    /**
     * The device's names changed since its certificate was issued.
     *
     * @param asked what changeSubjectName asks for; empty if there is none (RFC 6402, 2.8)
     * @param given what the registration gives it now
     */
    record NewNames(String field, Optional<String> asked, String given) implements OfTerms {}

    /** The label takes no request without key attestation. */
    record AttestationMissing() implements OfTerms {}

    /** The profile renews no certificate before its time. */
    record RenewalTooEarly(SerialNumber serial, Instant from, Duration retryAfter) implements OfTerms {}

    record SubjectAltNameNotAllowed(String name, ProfileName profile) implements OfRequest {}

    record ExtensionNotAllowed(String extension, ProfileName profile) implements OfRequest {}

    /** A key that the CA makes cannot be delivered as the request, or the profile, wants it (RFC 7030, 4.4.1). */
    record KeyNotDeliverable(String why) implements OfRequest {}

    /** The request is not linked to its TLS session, or to another one (RFC 7030, 3.5). */
    record NotLinked(String why) implements OfRequest {}

    record AttributeNotSupported(String attribute, String why) implements OfRequest {}

    /** The profile's template names an attribute that the device does not have, or whose value cannot stand there. */
    record IdentityIncomplete(DeviceId device, String field) implements OfRequest {}

    /** The issuer's own certificate is not valid now, or ends before what the profile demands. */
    record IssuerNotValid(String issuer, String why) implements OfRequest {}

    /** Something of that name exists already. */
    record AlreadyExists(String what) implements OfOperation {}

    record NotFound(String what) implements OfOperation {}

    /** A field of an operator's request cannot be what it is. */
    record FieldWrong(String field, String why) implements OfOperation {}

    /** The state of the thing does not allow it, as in cancelling a used code. */
    record NotPossibleNow(String what, String why) implements OfOperation {}

    /**
     * An operator or a webhook said no to this very request.
     *
     * @param by whose word it was, as in {@code an operator}
     */
    record RequestRejected(String by, Optional<String> reason) implements OfDecision {}

    /** Nobody can be asked now. */
    record DecisionUnavailable(String why, Duration retryAfter) implements OfDecision {}

    /** The factory read another key off this device. */
    record KeyNotHarvested(DeviceId device) implements OfFactory {}

    /** This batch is not for this station, or the caller is no station. */
    record StationNotBound(OperatorName station, BatchName batch) implements OfFactory {}

    /** Paused, closed, or outside its time. */
    record BatchNotOpen(BatchName batch, String why) implements OfFactory {}

    /** Every unit of the order has its certificate. Asking for one more is an alarm. */
    record BatchQuotaSpent(BatchName batch, int quota) implements OfFactory {}

    /** The order is for other units. */
    record UnitNotAllowed(DeviceId unit, BatchName batch, String why) implements OfFactory {}

    /** Another station has it, or another batch. */
    record UnitElsewhere(DeviceId unit, String where) implements OfFactory {}

    /** The unit proved that it has the key of this certificate, and now somebody brings another key: it exists twice. */
    record UnitConfirmed(DeviceId unit, SerialNumber serial) implements OfFactory {}

    record UnitRetriesSpent(DeviceId unit, int retries) implements OfFactory {}

    /** The unit's state does not allow this step. */
    record UnitNotReady(DeviceId unit, String state, String why) implements OfFactory {}

    /** What should prove that the unit has its key does not. */
    record PossessionNotProved(DeviceId unit) implements OfFactory {}
}
