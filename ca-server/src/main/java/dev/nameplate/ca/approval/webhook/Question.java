package dev.nameplate.ca.approval.webhook;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.Wish;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.policy.AdmittedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the webhook is told of a request, as JSON: who asks, what the certificate would hold, and what the request wished for.
 * Binary values are in base64.
 */
final class Question {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int VERSION = 1;

    private Question() {}

    static byte[] of(Wish wish) {
        AdmittedRequest admitted = wish.admitted();
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("version", VERSION);
        question.put("request", wish.from().request().value());
        question.put("purpose", wish.purpose().toString());
        question.put("label", admitted.label().value());
        question.put("profile", admitted.profile().name().value());
        question.put("device", device(wish));
        question.put("wanted", wanted(admitted));
        question.put("asked", asked(wish));
        return JSON.writeValueAsBytes(question);
    }

    private static Map<String, Object> device(Wish wish) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("id", wish.device().value());
        device.put("attributes", wish.admitted().attributes());
        device.put("credential", wish.admitted().credential().key());
        device.put("speaker", wish.from().speaker().value());
        wish.from().source().ifPresent(source -> device.put("source", source));
        return device;
    }

    private static Map<String, Object> wanted(AdmittedRequest admitted) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("subject", admitted.subject().toString());
        wanted.put(
                "subjectAltNames",
                admitted.alternatives().stream().map(Object::toString).toList());
        Keys.algorithmOf(admitted.publicKey()).ifPresent(algorithm -> wanted.put("keyAlgorithm", algorithm.toString()));
        wanted.put("keySha256", admitted.keyHash().toString());
        wanted.put("publicKey", base64(publicKey(admitted)));
        return wanted;
    }

    private static Map<String, Object> asked(Wish wish) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("subject", wish.csr().subject().toString());
        asked.put(
                "attributes",
                wish.csr().attributes().stream()
                        .map(ASN1ObjectIdentifier::getId)
                        .sorted()
                        .toList());
        asked.put(
                "extensions",
                wish.csr().requestedExtensions().map(Question::types).orElse(List.of()));
        wish.evidence().map(Evidence::octets).ifPresent(octets -> asked.put("attestation", base64(octets)));
        return asked;
    }

    private static List<String> types(Extensions extensions) {
        return Arrays.stream(extensions.getExtensionOIDs())
                .map(ASN1ObjectIdentifier::getId)
                .toList();
    }

    private static byte[] publicKey(AdmittedRequest admitted) {
        try {
            return admitted.publicKey().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("what was admitted encodes", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
