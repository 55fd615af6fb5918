package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.audit.SealingKey;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our own manifest: one line of JSON per unit, each a JWS in general form (RFC 7515, 7.2) signed by the audit key, so that a batch
 * can be split and each unit still proves where it is from. The payload is that of Microchip's signed secure element, version 1,
 * with {@code groupId} the batch and {@code publicKeySet} holding the key and its certificates; what reads that reads this.
 */
public final class SignedManifest implements UnitWriter {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Writer out;
    private final SealingKey key;
    private final CertificateDer signer;
    private final String algorithm;

    /**
     * @param signer the certificate of the key; on P-256 or P-384
     * @throws IllegalArgumentException if its key is of another kind
     */
    public SignedManifest(Writer out, SealingKey key, CertificateDer signer) {
        this.out = out;
        this.key = key;
        this.signer = signer;
        this.algorithm = switch (KeyKind.of(signer.parsed().getSubjectPublicKeyInfo())) {
            case P256 -> "ES256";
            case P384 -> "ES384";
            case RSA, OTHER -> throw new IllegalArgumentException("manifests are signed with a key on P-256 or P-384");
        };
    }

    @Override
    public void write(ExportUnit unit) throws IOException {
        String head = encoded(head());
        String payload = encoded(payload(unit));
        byte[] der = key.sign((head + "." + payload).getBytes(StandardCharsets.US_ASCII));
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("payload", payload);
        line.put("protected", head);
        line.putObject("header").put("uniqueId", unit.id().value());
        line.put("signature", URL.encodeToString(plain(der)));
        out.write(JsonMapper.shared().writeValueAsString(line));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }

    private ObjectNode head() {
        ObjectNode head = JsonMapper.shared().createObjectNode();
        head.put("typ", "JWT");
        head.put("alg", algorithm);
        SubjectKeyIdentifier identifier =
                SubjectKeyIdentifier.fromExtensions(signer.parsed().getExtensions());
        if (identifier != null) {
            head.put("kid", URL.encodeToString(identifier.getKeyIdentifier()));
        }
        head.put("x5t#S256", URL.encodeToString(signer.fingerprint().octets()));
        return head;
    }

    private static ObjectNode payload(ExportUnit unit) {
        ObjectNode payload = JsonMapper.shared().createObjectNode();
        payload.put("version", 1);
        payload.put("model", unit.product());
        payload.put("partNumber", unit.product());
        payload.put("groupId", unit.batch());
        payload.put("provisioningTimestamp", unit.at().toString());
        payload.put("uniqueId", unit.id().value());
        payload.putObject("publicKeySet").putArray("keys").add(jwk(unit));
        return payload;
    }

    private static ObjectNode jwk(ExportUnit unit) {
        SubjectPublicKeyInfo key = unit.certificate().parsed().getSubjectPublicKeyInfo();
        ObjectNode jwk = JsonMapper.shared().createObjectNode();
        jwk.put("kid", "0");
        switch (KeyKind.of(key)) {
            case P256 -> putPoint(jwk, "P-256", key);
            case P384 -> putPoint(jwk, "P-384", key);
            case RSA, OTHER ->
                throw new UnfitUnitException(
                        "unit " + unit.id() + " has a key that manifests do not carry: P-256 and P-384 are right");
        }
        ArrayNode chain = jwk.putArray("x5c");
        for (CertificateDer certificate : unit.chain()) {
            chain.add(Base64.getEncoder().encodeToString(certificate.octets()));
        }
        return jwk;
    }

    private static void putPoint(ObjectNode jwk, String curve, SubjectPublicKeyInfo key) {
        byte[] point = key.getPublicKeyData().getOctets();
        int half = point.length / 2;
        jwk.put("kty", "EC");
        jwk.put("crv", curve);
        jwk.put("x", URL.encodeToString(java.util.Arrays.copyOfRange(point, 1, 1 + half)));
        jwk.put("y", URL.encodeToString(java.util.Arrays.copyOfRange(point, 1 + half, point.length)));
    }

    /** r and s side by side, as JWS wants them (RFC 7518, 3.4). */
    private byte[] plain(byte[] der) throws IOException {
        ECDomainParameters curve = ((ECPublicKeyParameters)
                        PublicKeyFactory.createKey(signer.parsed().getSubjectPublicKeyInfo()))
                .getParameters();
        BigInteger[] signature = StandardDSAEncoding.INSTANCE.decode(curve.getN(), der);
        return PlainDSAEncoding.INSTANCE.encode(curve.getN(), signature[0], signature[1]);
    }

    private static String encoded(ObjectNode node) {
        return URL.encodeToString(JsonMapper.shared().writeValueAsString(node).getBytes(StandardCharsets.UTF_8));
    }
}
