package dev.nameplate.ca.authority;

import dev.nameplate.hsm.SigningKey;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;

/** What a CA elsewhere is asked to sign. */
final class CaRequest {
    private CaRequest() {}

    /** PKCS#10 in DER (RFC 2986), signed in the vault. */
    static byte[] of(IssuerSettings settings, X500Name subject, SigningKey key) {
        CaKey signing = new CaKey(key, key.publicKey());
        CaDraft draft = CaDraft.of(settings, subject, signing.publicKey());
        Attribute extensions =
                new Attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(draft.requested()));
        CertificationRequestInfo info =
                new CertificationRequestInfo(draft.subject(), signing.publicKey(), new DERSet(extensions));
        try {
            byte[] signature = signing.sign(info.getEncoded(ASN1Encoding.DER));
            return new CertificationRequest(info, signing.algorithm(), new DERBitString(signature))
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a request always encodes", e);
        }
    }
}
