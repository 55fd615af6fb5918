package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import tools.jackson.databind.JsonNode;

/** The signed words about one secure element, version 1. */
record SecureElement(JsonNode payload, String slot) {
    String uniqueId() {
        return payload.path("uniqueId").asString("");
    }

    ManifestUnit unit() throws WrongLineException {
        if (payload.path("version").asInt(0) != 1) {
            throw new WrongLineException("it is not of version 1");
        }
        JsonNode jwk = key();
        SubjectPublicKeyInfo key = PublicKeyText.ofJwk(jwk);
        requireSameKey(jwk, key);
        return new ManifestUnit(PublicKeyText.id(uniqueId()), key, facts());
    }

    private JsonNode key() throws WrongLineException {
        for (JsonNode jwk : payload.path("publicKeySet").path("keys")) {
            if (jwk.path("kid").asString("").equals(slot)) {
                return jwk;
            }
        }
        throw new WrongLineException("it has no key in slot " + slot);
    }

    /** Where the key comes with certificates, the first is its own. */
    private static void requireSameKey(JsonNode jwk, SubjectPublicKeyInfo key) throws WrongLineException {
        if (!jwk.has("x5c")) {
            return;
        }
        try {
            byte[] leaf = Base64.getDecoder().decode(jwk.path("x5c").path(0).asString(""));
            if (CertificateDer.parse(leaf).parsed().getSubjectPublicKeyInfo().equals(key)) {
                return;
            }
        } catch (IllegalArgumentException notACertificate) {
            throw new WrongLineException("its first certificate (x5c) cannot be read");
        }
        throw new WrongLineException("its first certificate (x5c) is for another key");
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        for (String fact : new String[] {"model", "partNumber", "groupId", "provisioningTimestamp"}) {
            if (payload.has(fact)) {
                facts.put(fact, payload.path(fact).asString(""));
            }
        }
        return facts;
    }
}
