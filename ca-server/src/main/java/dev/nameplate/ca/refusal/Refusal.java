package dev.nameplate.ca.refusal;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Every way a decision goes against the caller. What each becomes on the wire is decided at the edge. */
public sealed interface Refusal {
    /** No credential, or one that is not known; says no more than that. */
    record NotAuthenticated() implements Refusal {}

    /** The code was right, but somebody used it before for another key or label. */
    record CodeUsed(DeviceId device) implements Refusal {}

    record CodeExpired(DeviceId device, Instant expired) implements Refusal {}

    record CodeCancelled(DeviceId device) implements Refusal {}

    /** Too many tries, or more than a quota allows. */
    record QuotaSpent(String what, Duration retryAfter) implements Refusal {}

    record CertificateForeign(String issuer) implements Refusal {}

    record CertificateExpired(SerialNumber serial, Instant notAfter) implements Refusal {}

    record CertificateNotYetValid(SerialNumber serial, Instant notBefore) implements Refusal {}

    record CertificateRevoked(SerialNumber serial, Instant since) implements Refusal {}

    /** Key usage or extended key usage does not allow TLS client authentication, or it is a CA certificate. */
    record CertificateNotForClients(SerialNumber serial, String why) implements Refusal {}

    /** A successor of this certificate is in use: the device's key may exist twice. */
    record CertificateSuperseded(SerialNumber serial, SerialNumber successor) implements Refusal {}

    /** Re-enrolment renews the certificate of the TLS session; this session has none, or one of another profile. */
    record NothingToRenew(String why) implements Refusal {}

    /** This label does not take this way of proving who one is. */
    record WayNotAccepted(LabelName label, String way) implements Refusal {}

    record DeviceUnknown(DeviceId device) implements Refusal {}

    record DeviceNotActive(DeviceId device, String state) implements Refusal {}

    record LabelUnknown(LabelName label) implements Refusal {}

    record CsrSignatureWrong() implements Refusal {}

    record KeyNotAllowed(String key, Set<KeyAlgorithm> allowed) implements Refusal {
        public KeyNotAllowed {
            allowed = Set.copyOf(allowed);
        }
    }

    record KeyWeak(String why) implements Refusal {}

    /** The key belongs, or once belonged, to somebody else. Does not say to whom. */
    record KeyTaken() implements Refusal {}

    /** The certificate issued for this very request was revoked since. */
    record KeyRevoked(SerialNumber serial) implements Refusal {}

    record NotItsOwnName(DeviceId device, String asked) implements Refusal {}

    /** Re-enrolment asks for other names than the certificate being renewed has (RFC 7030, 4.2.2). */
    record NamesDiffer(String field, String asked, String has) implements Refusal {}

    record SubjectAltNameNotAllowed(String name, ProfileName profile) implements Refusal {}

    record ExtensionNotAllowed(String extension, ProfileName profile) implements Refusal {}

    record AttributeNotSupported(String attribute, String why) implements Refusal {}

    /** The profile's template names an attribute that the device does not have, or whose value cannot stand there. */
    record IdentityIncomplete(DeviceId device, String field) implements Refusal {}

    /** The issuer's own certificate is not valid now, or ends before what the profile demands. */
    record IssuerNotValid(String issuer, String why) implements Refusal {}

    /** Something of that name exists already. */
    record AlreadyExists(String what) implements Refusal {}

    record NotFound(String what) implements Refusal {}

    /** A field of an operator's request cannot be what it is. */
    record FieldWrong(String field, String why) implements Refusal {}

    /** The state of the thing does not allow it, as in cancelling a used code. */
    record NotPossibleNow(String what, String why) implements Refusal {}
}
