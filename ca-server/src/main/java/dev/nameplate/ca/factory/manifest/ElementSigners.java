package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whose signatures over secure elements count, each pinned by its certificate. An element names its signer by
 * {@code x5t#S256}, and by {@code kid} where the signer's certificate has a subjectKeyIdentifier; both must be right.
 */
public final class ElementSigners {
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private final Map<Sha256, CertificateDer> pinned;
    private final String slot;

    /** @param slot which of an element's keys is the device's: the {@code kid} within its public key set, as 0 */
    public ElementSigners(Collection<CertificateDer> pinned, String slot) {
        this.pinned = pinned.stream().collect(Collectors.toMap(CertificateDer::fingerprint, Function.identity()));
        this.slot = slot;
    }

    ManifestUnit unit(JsonNode element) throws WrongLineException {
        String head = element.path("protected").asString("");
        String payload = element.path("payload").asString("");
        JsonNode protectedHead = json("protected", head);
        CertificateDer signer = signer(protectedHead);
        byte[] signed = (head + "." + payload).getBytes(StandardCharsets.US_ASCII);
        if (!verifies(
                protectedHead, signer, signed, decoded(element.path("signature").asString("")))) {
            throw new WrongLineException("its signature is wrong");
        }
        SecureElement claimed = new SecureElement(json("payload", payload), slot);
        String outside = element.path("header").path("uniqueId").asString("");
        if (!outside.equals(claimed.uniqueId())) {
            throw new WrongLineException("it is labelled " + dev.nameplate.ca.pki.Text.shown(outside)
                    + " outside and signed for " + dev.nameplate.ca.pki.Text.shown(claimed.uniqueId()));
        }
        return claimed.unit();
    }

    private CertificateDer signer(JsonNode head) throws WrongLineException {
        byte[] thumbprint = decoded(head.path("x5t#S256").asString(""));
        CertificateDer signer = thumbprint.length == Sha256.OCTETS ? pinned.get(Sha256.fromOctets(thumbprint)) : null;
        if (signer == null) {
            throw new WrongLineException("it is not signed by a pinned signer (x5t#S256)");
        }
        SubjectKeyIdentifier identifier =
                SubjectKeyIdentifier.fromExtensions(signer.parsed().getExtensions());
        if (identifier != null
                && !Arrays.equals(
                        identifier.getKeyIdentifier(), decoded(head.path("kid").asString("")))) {
            throw new WrongLineException("its kid is not the key identifier of its signer");
        }
        return signer;
    }

    private static boolean verifies(JsonNode head, CertificateDer signer, byte[] signed, byte[] signature)
            throws WrongLineException {
        AsymmetricKeyParameter key = key(signer);
        int bits = key instanceof ECPublicKeyParameters ec
                ? ec.getParameters().getCurve().getFieldSize()
                : 0;
        String algorithm = head.path("alg").asString("");
        boolean fits =
                (algorithm.equals("ES256") && bits == P256_BITS) || (algorithm.equals("ES384") && bits == P384_BITS);
        if (!fits || signature.length != 2 * bits / Byte.SIZE) {
            throw new WrongLineException("its signature is not ES256 or ES384 by its signer's key");
        }
        Digest digest = bits == P256_BITS ? new SHA256Digest() : new SHA384Digest();
        DSADigestSigner verifier = new DSADigestSigner(new ECDSASigner(), digest, PlainDSAEncoding.INSTANCE);
        verifier.init(false, key);
        verifier.update(signed, 0, signed.length);
        return verifier.verifySignature(signature);
    }

    private static AsymmetricKeyParameter key(CertificateDer signer) {
        try {
            return PublicKeyFactory.createKey(signer.parsed().getSubjectPublicKeyInfo());
        } catch (IOException notAKey) {
            throw new IllegalArgumentException("the pinned signer has a key that cannot be read", notAKey);
        }
    }

    private static JsonNode json(String part, String text) throws WrongLineException {
        try {
            return JsonMapper.shared().readTree(decoded(text));
        } catch (JacksonException notJson) {
            throw new WrongLineException("its " + part + " part is not base64url of JSON");
        }
    }

    private static byte[] decoded(String text) throws WrongLineException {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new WrongLineException("a part of it is not base64url");
        }
    }
}
