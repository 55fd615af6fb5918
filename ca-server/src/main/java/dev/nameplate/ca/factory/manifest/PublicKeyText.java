package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Text;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import tools.jackson.databind.JsonNode;

/** Public keys as manifests write them. A point that is not on its curve is no key. */
final class PublicKeyText {
    private static final int P256_POINT = 65;
    private static final int P384_POINT = 97;

    private PublicKeyText() {}

    /** Base64 of a SubjectPublicKeyInfo in DER, or an uncompressed point on P-256 or P-384 in hexadecimal. */
    static SubjectPublicKeyInfo parse(String text) throws WrongLineException {
        try {
            byte[] octets = text.matches("04[0-9a-fA-F]+")
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            return checked(
                    octets.length > 0 && octets[0] == 4 ? ofPoint(octets) : SubjectPublicKeyInfo.getInstance(octets));
        } catch (IllegalArgumentException | IllegalStateException | IOException | ClassCastException notAKey) {
            throw new WrongLineException(
                    "the key is neither base64 of a SubjectPublicKeyInfo nor a point (04...) on P-256 or"
                            + " P-384 in hexadecimal");
        }
    }

    /** A JWK (RFC 7517) on P-256 or P-384. */
    static SubjectPublicKeyInfo ofJwk(JsonNode jwk) throws WrongLineException {
        try {
            byte[] x = Base64.getUrlDecoder().decode(jwk.path("x").asString(""));
            byte[] y = Base64.getUrlDecoder().decode(jwk.path("y").asString(""));
            boolean sized = x.length == y.length
                    && switch (jwk.path("crv").asString("")) {
                        case "P-256" -> 2 * x.length + 1 == P256_POINT;
                        case "P-384" -> 2 * x.length + 1 == P384_POINT;
                        default -> false;
                    };
            if (sized && jwk.path("kty").asString("").equals("EC")) {
                byte[] point = new byte[1 + x.length + y.length];
                point[0] = 4;
                System.arraycopy(x, 0, point, 1, x.length);
                System.arraycopy(y, 0, point, 1 + x.length, y.length);
                return checked(ofPoint(point));
            }
        } catch (IllegalArgumentException | IOException notAKey) {
            throw new WrongLineException("its key is not a point on its curve");
        }
        throw new WrongLineException("its key is not an EC key on P-256 or P-384");
    }

    static DeviceId id(String text) throws WrongLineException {
        return DeviceId.from(text)
                .orElseThrow(() -> new WrongLineException(
                        "the id is not 1 to 64 letters, digits and . _ @ + -: " + Text.shown(text)));
    }

    private static SubjectPublicKeyInfo ofPoint(byte[] point) {
        ASN1ObjectIdentifier curve = switch (point.length) {
            case P256_POINT -> SECObjectIdentifiers.secp256r1;
            case P384_POINT -> SECObjectIdentifiers.secp384r1;
            default -> throw new IllegalArgumentException("a point of " + point.length + " octets");
        };
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
    }

    private static SubjectPublicKeyInfo checked(SubjectPublicKeyInfo key) throws IOException {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        // By name only, as everywhere; the library stumbles over a name that it does not know.
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && (!(algorithm.getParameters() instanceof ASN1ObjectIdentifier curve)
                        || ECNamedCurveTable.getByOID(curve) == null)) {
            throw new IllegalArgumentException("a curve without a name that is known");
        }
        PublicKeyFactory.createKey(key);
        return key;
    }
}
