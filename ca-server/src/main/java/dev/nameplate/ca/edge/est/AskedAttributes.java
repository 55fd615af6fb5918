package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.policy.Asking;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.CsrTemplate;
import dev.nameplate.est.CsrTemplate.WantedExtension;
import dev.nameplate.est.KeyWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/** What a profile asks for, in the words of the wire. Without a form, only what a request must have is said. */
final class AskedAttributes {
    private AskedAttributes() {}

    static CsrAttributes of(Asking asking, AttributesForm form) {
        Optional<KeyWish> key = asking.key().map(AskedAttributes::key);
        return new CsrAttributes(
                wanted(asking),
                form.hasList() ? key : Optional.empty(),
                form.hasList() ? asking.uses() : List.of(),
                form.hasTemplate() ? Optional.of(template(asking, key)) : Optional.empty());
    }

    private static CsrTemplate template(Asking asking, Optional<KeyWish> key) {
        List<WantedExtension> extensions = new ArrayList<>();
        asking.uses().forEach(use -> extensions.add(WantedExtension.of(use)));
        if (asking.alternatives()) {
            extensions.add(new WantedExtension(Extension.subjectAlternativeName, false, Optional.empty()));
        }
        return new CsrTemplate(
                asking.subject().stream()
                        .map(name -> new CsrTemplate.Name(name.type(), name.value()))
                        .toList(),
                key,
                extensions,
                wanted(asking));
    }

    private static List<ASN1ObjectIdentifier> wanted(Asking asking) {
        List<ASN1ObjectIdentifier> wanted = new ArrayList<>(asking.links());
        if (asking.attestation()) {
            wanted.add(Evidence.ATTRIBUTE);
        }
        return wanted;
    }

    private static KeyWish key(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EC_P256 -> KeyWish.ec(SECObjectIdentifiers.secp256r1);
            case EC_P384 -> KeyWish.ec(SECObjectIdentifiers.secp384r1);
            case EC_P521 -> KeyWish.ec(SECObjectIdentifiers.secp521r1);
            case RSA_2048 -> KeyWish.rsa(2048);
            case RSA_3072 -> KeyWish.rsa(3072);
            case RSA_4096 -> KeyWish.rsa(4096);
            case ED25519 -> KeyWish.ed25519();
            case ML_DSA_44 -> KeyWish.mlDsa(NISTObjectIdentifiers.id_ml_dsa_44);
            case ML_DSA_65 -> KeyWish.mlDsa(NISTObjectIdentifiers.id_ml_dsa_65);
            case ML_DSA_87 -> KeyWish.mlDsa(NISTObjectIdentifiers.id_ml_dsa_87);
        };
    }
}
