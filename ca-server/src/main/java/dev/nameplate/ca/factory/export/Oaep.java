package dev.nameplate.ca.factory.export;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** RSAES-OAEP as CMS names it (RFC 8017, A.2.1). */
final class Oaep {
    private static final AlgorithmIdentifier HASH =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);

    /** With SHA-256 for both. */
    static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSAES_OAEP,
            new RSAESOAEPparams(
                    HASH,
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, HASH),
                    RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

    private Oaep() {}
}
