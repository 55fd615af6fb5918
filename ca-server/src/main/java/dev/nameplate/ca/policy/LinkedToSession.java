package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.SessionBinding;
import dev.nameplate.ca.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * Whoever proved to have the key is at the other end of this TLS session (RFC 7030, 3.5): each of challengePassword and
 * estIdentityLinking (RFC 7894, 3.3) that a request has holds the binding of its session, whether the label demands one or not.
 */
final class LinkedToSession {
    static final ASN1ObjectIdentifier CHALLENGE_PASSWORD = PKCSObjectIdentifiers.pkcs_9_at_challengePassword;
    static final ASN1ObjectIdentifier EST_IDENTITY_LINKING = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.58");

    private LinkedToSession() {}

    static Optional<Refusal> objectionTo(AuthenticatedDevice device, EnrolmentLabel label, Csr csr) {
        Map<String, String> shown = new LinkedHashMap<>();
        csr.text(CHALLENGE_PASSWORD).ifPresent(text -> shown.put("challengePassword", text));
        csr.text(EST_IDENTITY_LINKING).ifPresent(text -> shown.put("estIdentityLinking", text));
        if (shown.isEmpty()) {
            return label.linking() == Linking.REQUIRED ? Optional.of(missing(device.session())) : Optional.empty();
        }
        return switch (device.session()) {
            case SessionBinding.Unknown(var why) ->
                Optional.of(
                        new Refusal.NotLinked(String.join(" and ", shown.keySet()) + " cannot be compared: " + why));
            case SessionBinding.Known known ->
                shown.entrySet().stream()
                        .filter(link -> !known.isShownBy(link.getValue()))
                        .findFirst()
                        .map(link -> other(link.getKey(), known.kind()));
        };
    }

    private static Refusal missing(SessionBinding session) {
        String how = switch (session) {
            case SessionBinding.Known known -> "put the base64 of its " + known.kind() + " into challengePassword";
            case SessionBinding.Unknown(var why) -> why;
        };
        return new Refusal.NotLinked(
                "this label requires linking identity and proof of possession to the TLS session: " + how);
    }

    private static Refusal other(String attribute, SessionBinding.Kind kind) {
        return new Refusal.NotLinked(attribute + " is not the base64 of this TLS session's " + kind
                + "; in EST it holds that and nothing else, neither a Finished message of TLS 1.3 nor a password");
    }
}
