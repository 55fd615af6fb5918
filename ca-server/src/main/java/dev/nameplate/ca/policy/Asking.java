package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.Attestation;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.pki.KeyAlgorithm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a CSR should say to be admitted, as far as that can be said to anyone (RFC 8951, 4).
 *
 * @param key the one kind of key the profile admits; empty if it admits several
 * @param subject the names it gives, most general first
 * @param uses keyUsage and extendedKeyUsage, as the certificate will have them
 * @param alternatives whether it gives alternative names
 * @param links the attributes of which a request needs one, to be linked to its TLS session; none if it need not be
 * @param attestation whether it needs key attestation
 */
public record Asking(
        Optional<KeyAlgorithm> key,
        List<Name> subject,
        List<Extension> uses,
        boolean alternatives,
        List<ASN1ObjectIdentifier> links,
        boolean attestation) {
    /**
     * One name of the subject.
     *
     * @param value empty if it depends on who asks
     */
    public record Name(ASN1ObjectIdentifier type, Optional<ASN1Encodable> value) {}

    public Asking {
        subject = List.copyOf(subject);
        uses = List.copyOf(uses);
        links = List.copyOf(links);
    }

    public static Asking of(Profile profile, EnrolmentLabel label) {
        return new Asking(
                profile.keys().allowed().size() == 1
                        ? Optional.of(profile.keys().allowed().iterator().next())
                        : Optional.empty(),
                profile.subject().name().asked(),
                uses(profile.usages()),
                !profile.subject().alternatives().empty(),
                label.linking() == Linking.REQUIRED
                        ? List.of(LinkedToSession.CHALLENGE_PASSWORD, LinkedToSession.EST_IDENTITY_LINKING)
                        : List.of(),
                label.terms().attestation() == Attestation.REQUIRED);
    }

    private static List<Extension> uses(Usages usages) {
        List<Extension> uses = new ArrayList<>();
        if (!usages.keyUsage().isEmpty()) {
            uses.add(extension(Extension.keyUsage, true, new KeyUsage(usages.keyUsageBits())));
        }
        if (!usages.extendedKeyUsage().isEmpty()) {
            KeyPurposeId[] purposes = usages.extendedKeyUsage().stream()
                    .map(use -> KeyPurposeId.getInstance(use.type()))
                    .toArray(KeyPurposeId[]::new);
            uses.add(extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes)));
        }
        return uses;
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(type, critical, new DEROctetString(value));
        } catch (IOException e) {
            throw new IllegalStateException("an extension always encodes", e);
        }
    }
}
