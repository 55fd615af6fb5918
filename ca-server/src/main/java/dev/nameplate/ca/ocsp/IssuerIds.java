package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;

/** How requests name one issuer generation: the hashes of its name and key, computed once (RFC 6960, 4.1.1). */
final class IssuerIds {
    private final Map<IdForm, Hashes> hashes = new EnumMap<>(IdForm.class);

    private record Hashes(byte[] name, byte[] key) {}

    private IssuerIds(byte[] name, byte[] key) {
        for (IdForm form : IdForm.values()) {
            hashes.put(form, new Hashes(form.hash(name), form.hash(key)));
        }
    }

    static IssuerIds of(CertificateDer issuer) {
        try {
            return new IssuerIds(
                    issuer.parsed().getSubject().getEncoded(ASN1Encoding.DER),
                    issuer.parsed()
                            .getSubjectPublicKeyInfo()
                            .getPublicKeyData()
                            .getBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("the name of an issuer cannot be encoded", e);
        }
    }

    boolean areIn(CertId id) {
        return id.form()
                .map(hashes::get)
                .filter(issuer -> id.names(issuer.name(), issuer.key()))
                .isPresent();
    }

    /** Every way to name this certificate. */
    List<CertId> of(SerialNumber serial) {
        return Arrays.stream(IdForm.values())
                .map(form -> {
                    Hashes issuer = hashes.get(form);
                    return CertId.of(form, issuer.name(), issuer.key(), serial);
                })
                .toList();
    }
}
