package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;

/** How requests name one issuer generation: the hashes of its name and key, computed once (RFC 6960, 4.1.1). */
final class IssuerIds {
    private static final List<IdForm> FORMS = List.of(IdForm.values());

    private final List<Hashes> hashes;

    private record Hashes(IdForm form, byte[] name, byte[] key) {}

    private IssuerIds(byte[] name, byte[] key) {
        hashes = FORMS.stream()
                .map(form -> new Hashes(form, form.hash(name), form.hash(key)))
                .toList();
    }

    static IssuerIds of(CertificateDer issuer) {
        try {
            return new IssuerIds(
                    issuer.parsed().getSubject().getEncoded(ASN1Encoding.DER),
                    issuer.parsed().getSubjectPublicKeyInfo().getPublicKeyData().getBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("the name of an issuer cannot be encoded", e);
        }
    }

    boolean areIn(CertId id) {
        for (Hashes issuer : hashes) {
            if (id.isOf(issuer.form())) {
                return id.names(issuer.name(), issuer.key());
            }
        }
        return false;
    }

    /** Every way to name this certificate. */
    List<CertId> of(SerialNumber serial) {
        return hashes.stream()
                .map(issuer -> CertId.of(issuer.form(), issuer.name(), issuer.key(), serial))
                .toList();
    }
}
