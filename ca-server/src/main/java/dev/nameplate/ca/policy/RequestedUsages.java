package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;

/** Nobody asks for a use that the profile does not give, and nobody asks to be a CA. */
final class RequestedUsages implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        if (request.csr().requestedExtensions().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(tooMuch(request))
                    .map(what -> new Refusal.ExtensionNotAllowed(
                            what, request.profile().name()));
        } catch (IllegalArgumentException malformed) {
            return Optional.of(new Refusal.ExtensionNotAllowed(
                    "malformed extension", request.profile().name()));
        }
    }

    private static @Nullable String tooMuch(Request request) {
        ASN1Encodable constraints = value(request, Extension.basicConstraints);
        if (constraints != null && BasicConstraints.getInstance(constraints).isCA()) {
            return "basicConstraints CA:TRUE";
        }
        String use = keyUse(request, value(request, Extension.keyUsage));
        return use != null ? use : extendedUse(request, value(request, Extension.extendedKeyUsage));
    }

    private static @Nullable String keyUse(Request request, @Nullable ASN1Encodable asked) {
        if (asked == null) {
            return null;
        }
        int bits = ASN1BitString.getInstance(asked).intValue();
        return Arrays.stream(KeyUse.values())
                .filter(use -> (bits & use.bit()) != 0
                        && !request.profile().usages().keyUsage().contains(use))
                .findFirst()
                .map(use -> "keyUsage " + use)
                .orElse(null);
    }

    private static @Nullable String extendedUse(Request request, @Nullable ASN1Encodable asked) {
        if (asked == null) {
            return null;
        }
        return Arrays.stream(ExtendedKeyUsage.getInstance(asked).getUsages())
                .map(purpose -> new ExtendedUse(purpose.toOID()))
                .filter(use -> !request.profile().usages().extendedKeyUsage().contains(use))
                .findFirst()
                .map(use -> "extendedKeyUsage " + use)
                .orElse(null);
    }

    private static @Nullable ASN1Encodable value(Request request, ASN1ObjectIdentifier type) {
        return request.csr().requestedExtensions().orElseThrow().getExtensionParsedValue(type);
    }
}
