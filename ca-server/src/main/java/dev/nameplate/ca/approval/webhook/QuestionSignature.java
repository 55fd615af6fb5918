package dev.nameplate.ca.approval.webhook;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs a question: a JWS (RFC 7515) without its payload, which is the body of the request (appendix F). The header says when it was
 * signed, so that an old question can be told from a new one.
 */
public interface QuestionSignature {
    /** The value of the header {@code Nameplate-Signature}. */
    String of(byte[] body, Instant now);

    /** HS256. */
    static QuestionSignature hmac(HmacSecret secret) {
        return (body, now) -> Jws.sign(Map.of("alg", "HS256"), body, now, secret::of);
    }

    /** ES256, with a P-256 key that signs in DER, and whose certificate the header names by its SHA-256. */
    static QuestionSignature token(Supplier<TokenKey> key) {
        return (body, now) -> {
            TokenKey current = key.get();
            byte[] fingerprint = current.certificate().fingerprint().octets();
            Map<String, Object> header = Map.of("alg", "ES256", "x5t#S256", Jws.base64(fingerprint));
            return Jws.sign(
                    header, body, now, message -> Jws.raw(current.signing().sign(message)));
        };
    }

    /** A key in the token. */
    record TokenKey(CertificateDer certificate, Signing signing) {}

    /** Signs octets. */
    @FunctionalInterface
    interface Signing {
        byte[] sign(byte[] message);
    }

    /** How it is written. */
    final class Jws {
        private static final JsonMapper JSON = JsonMapper.shared();
        private static final int HALF = 32;

        private Jws() {}

        static String sign(Map<String, ?> header, byte[] body, Instant now, Signing signing) {
            Map<String, Object> all = new TreeMap<>(header);
            all.put("typ", "nameplate-question+json");
            all.put("iat", now.getEpochSecond());
            String head = base64(JSON.writeValueAsBytes(all));
            byte[] signed = (head + "." + base64(body)).getBytes(StandardCharsets.US_ASCII);
            return head + ".." + base64(signing.sign(signed));
        }

        static String base64(byte[] octets) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        }

        /** RFC 7518, 3.4: r and s, 32 octets each. */
        static byte[] raw(byte[] der) {
            ASN1Sequence signature = ASN1Sequence.getInstance(der);
            var raw = new ByteArrayOutputStream();
            for (int i = 0; i < 2; i++) {
                raw.writeBytes(
                        fixed(ASN1Integer.getInstance(signature.getObjectAt(i)).getPositiveValue()));
            }
            return raw.toByteArray();
        }

        private static byte[] fixed(BigInteger value) {
            byte[] octets = value.toByteArray();
            byte[] fixed = new byte[HALF];
            int length = Math.min(octets.length, HALF);
            System.arraycopy(octets, octets.length - length, fixed, HALF - length, length);
            return fixed;
        }
    }
}
