package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Attributes that mean something which is not done here are refused, because ignoring them would pretend it was. */
final class KnownAttributes implements CsrCheck {
    private static final Map<ASN1ObjectIdentifier, Refusal> REFUSED = refused();

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return request.csr().attributes().stream()
                .filter(REFUSED::containsKey)
                .filter(type -> !mayChangeNames(request, type))
                .findFirst()
                .map(REFUSED::get);
    }

    /** {@link NewNames} looks at it then. */
    private static boolean mayChangeNames(Request request, ASN1ObjectIdentifier type) {
        return type.equals(NameChange.ATTRIBUTE)
                && request.profile().renewal().names() == Renewal.NamesChange.REQUESTED;
    }

    private static Map<ASN1ObjectIdentifier, Refusal> refused() {
        Map<ASN1ObjectIdentifier, Refusal> refused = new LinkedHashMap<>();
        add(
                refused,
                "1.3.6.1.5.5.7.7.36",
                "changeSubjectName",
                "names come from the registration of the device, and the profile does not let them change on request"
                        + " (RFC 7030, 4.2.1)");
        add(refused, "1.2.840.113549.1.9.16.2.56", "otpChallenge", "a one-time code goes into HTTP Basic");
        add(refused, "1.2.840.113549.1.9.16.2.57", "revocationChallenge", "no passwords for revocation are kept here");
        return Map.copyOf(refused);
    }

    private static void add(Map<ASN1ObjectIdentifier, Refusal> refused, String type, String name, String why) {
        refused.put(new ASN1ObjectIdentifier(type), new Refusal.AttributeNotSupported(name, why));
    }
}
