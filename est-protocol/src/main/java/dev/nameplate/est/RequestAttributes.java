package dev.nameplate.est;

import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The attributes of a certification request, read as far as EST gives them a meaning. */
record RequestAttributes(
        Map<ASN1ObjectIdentifier, Attribute> byType,
        Optional<Extensions> extensions,
        Optional<GeneralNames> subjectAltNames,
        Optional<String> challengePassword,
        Optional<String> otpChallenge,
        Optional<String> revocationChallenge,
        Optional<String> estIdentityLinking,
        Optional<ChangeSubjectName> changeSubjectName) {
    static final RequestAttributes NONE = new RequestAttributes(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    RequestAttributes {
        byType = Map.copyOf(byType);
    }
}
