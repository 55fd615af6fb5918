package dev.nameplate.est;

import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The attributes of a certification request, read as far as EST gives them a meaning. */
record RequestAttributes(
        Map<ASN1ObjectIdentifier, Attribute> byType,
        Extensions extensions,
        Optional<GeneralNames> subjectAltNames,
        Optional<String> challengePassword,
        Optional<String> otpChallenge,
        Optional<String> revocationChallenge,
        Optional<String> estIdentityLinking,
        Optional<ChangeSubjectName> changeSubjectName) {
    static final Extensions NO_EXTENSIONS = new Extensions(new Extension[0]);

    static final RequestAttributes NONE = new RequestAttributes(
            Map.of(),
            NO_EXTENSIONS,
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
