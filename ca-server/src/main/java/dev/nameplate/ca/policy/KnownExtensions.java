package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** A CSR may carry subjectAltName, keyUsage, extendedKeyUsage, basicConstraints and subjectKeyIdentifier; nothing else. */
final class KnownExtensions implements CsrCheck {
    private static final Set<ASN1ObjectIdentifier> KNOWN = Set.of(
            Extension.subjectAlternativeName,
            Extension.keyUsage,
            Extension.extendedKeyUsage,
            Extension.basicConstraints,
            Extension.subjectKeyIdentifier);
    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            Extension.nameConstraints, "nameConstraints",
            Extension.policyConstraints, "policyConstraints",
            Extension.certificatePolicies, "certificatePolicies",
            Extension.policyMappings, "policyMappings",
            Extension.inhibitAnyPolicy, "inhibitAnyPolicy",
            Extension.authorityKeyIdentifier, "authorityKeyIdentifier",
            Extension.authorityInfoAccess, "authorityInfoAccess",
            Extension.cRLDistributionPoints, "cRLDistributionPoints");

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return request.csr()
                .requestedExtensions()
                .flatMap(extensions -> Arrays.stream(extensions.getExtensionOIDs())
                        .filter(type -> !KNOWN.contains(type))
                        .findFirst())
                .map(type -> new Refusal.ExtensionNotAllowed(
                        NAMES.getOrDefault(type, type.getId()),
                        request.profile().name()));
    }
}
