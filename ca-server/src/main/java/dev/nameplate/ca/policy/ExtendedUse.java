package dev.nameplate.ca.policy;

import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** A purpose of extendedKeyUsage (RFC 5280, 4.2.1.12), written by its name or as an object identifier. */
public record ExtendedUse(ASN1ObjectIdentifier type) {
    private static final Map<String, ASN1ObjectIdentifier> NAMES = Map.of(
            "serverAuth", KeyPurposeId.id_kp_serverAuth.toOID(),
            "clientAuth", KeyPurposeId.id_kp_clientAuth.toOID(),
            "codeSigning", KeyPurposeId.id_kp_codeSigning.toOID(),
            "emailProtection", KeyPurposeId.id_kp_emailProtection.toOID(),
            "timeStamping", KeyPurposeId.id_kp_timeStamping.toOID(),
            "OCSPSigning", KeyPurposeId.id_kp_OCSPSigning.toOID(),
            "documentSigning", new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
            "cmcCA", new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.27"),
            "cmcRA", new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28"),
            "anyExtendedKeyUsage", KeyPurposeId.anyExtendedKeyUsage.toOID());

    public static final ExtendedUse CLIENT_AUTH = parse("clientAuth");
    public static final ExtendedUse SERVER_AUTH = parse("serverAuth");
    public static final ExtendedUse OCSP_SIGNING = parse("OCSPSigning");
    public static final ExtendedUse ANY = parse("anyExtendedKeyUsage");

    /** Those for which a key has to sign (RFC 5280, 4.2.1.12). */
    static final Set<ExtendedUse> SIGNING = Set.of(CLIENT_AUTH, SERVER_AUTH, OCSP_SIGNING);

    /** @throws IllegalArgumentException naming the accepted words */
    public static ExtendedUse parse(String text) {
        ASN1ObjectIdentifier named = NAMES.get(text);
        ASN1ObjectIdentifier type = named == null ? ASN1ObjectIdentifier.tryFromID(text) : named;
        if (type == null) {
            throw new IllegalArgumentException(text + " is neither an object identifier nor one of "
                    + NAMES.keySet().stream().sorted().toList());
        }
        return new ExtendedUse(type);
    }

    @Override
    public String toString() {
        return NAMES.entrySet().stream()
                .filter(name -> name.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(type.getId());
    }
}
