package dev.nameplate.ca.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The bits of keyUsage (RFC 5280, 4.2.1.3), written as there. */
public enum KeyUse {
    DIGITAL_SIGNATURE("digitalSignature", KeyUsage.digitalSignature),
    NON_REPUDIATION("nonRepudiation", KeyUsage.nonRepudiation),
    KEY_ENCIPHERMENT("keyEncipherment", KeyUsage.keyEncipherment),
    DATA_ENCIPHERMENT("dataEncipherment", KeyUsage.dataEncipherment),
    KEY_AGREEMENT("keyAgreement", KeyUsage.keyAgreement),
    KEY_CERT_SIGN("keyCertSign", KeyUsage.keyCertSign),
    CRL_SIGN("cRLSign", KeyUsage.cRLSign),
    ENCIPHER_ONLY("encipherOnly", KeyUsage.encipherOnly),
    DECIPHER_ONLY("decipherOnly", KeyUsage.decipherOnly);

    private final String word;
    private final int bit;

    KeyUse(String word, int bit) {
        this.word = word;
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** @throws IllegalArgumentException naming the accepted words */
    public static KeyUse parse(String text) {
        return Arrays.stream(values())
                .filter(use -> use.word.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text + " is not one of " + List.of(values())));
    }

    static int bits(Set<KeyUse> uses) {
        return uses.stream().mapToInt(KeyUse::bit).reduce(0, (a, b) -> a | b);
    }

    @Override
    public String toString() {
        return word;
    }
}
