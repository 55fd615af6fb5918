package dev.nameplate.est;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * The algorithms a client can decrypt with (SMIMECapabilities, RFC 8551, 2.5.2). A content cipher must be among them; where they
 * name no way to encrypt the content key, the usual one is taken.
 */
public record Capabilities(List<AlgorithmIdentifier> listed) {
    private static final List<ASN1ObjectIdentifier> AGREEMENTS = List.of(
            SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
            SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme,
            SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme);

    /** What content is encrypted with, the strongest first. */
    @SuppressWarnings("ImmutableEnumChecker") // object identifiers are immutable without saying so
    public enum Cipher {
        AES_256_CBC(NISTObjectIdentifiers.id_aes256_CBC, NISTObjectIdentifiers.id_aes256_wrap, 32),
        AES_192_CBC(NISTObjectIdentifiers.id_aes192_CBC, NISTObjectIdentifiers.id_aes192_wrap, 24),
        AES_128_CBC(NISTObjectIdentifiers.id_aes128_CBC, NISTObjectIdentifiers.id_aes128_wrap, 16);

        private final ASN1ObjectIdentifier type;
        private final ASN1ObjectIdentifier wrap;
        private final int keyOctets;

        Cipher(ASN1ObjectIdentifier type, ASN1ObjectIdentifier wrap, int keyOctets) {
            this.type = type;
            this.wrap = wrap;
            this.keyOctets = keyOctets;
        }

        ASN1ObjectIdentifier type() {
            return type;
        }

        /** The key wrap of the same strength. */
        ASN1ObjectIdentifier wrap() {
            return wrap;
        }

        int keyOctets() {
            return keyOctets;
        }

        /** As in {@code aes256-CBC}, its name in RFC 3565. */
        @Override
        public String toString() {
            return "aes" + 8 * keyOctets + "-CBC";
        }
    }

    public Capabilities {
        listed = List.copyOf(listed);
    }

    /** The strongest cipher both sides have, if there is one. */
    public Optional<Cipher> cipher() {
        return Arrays.stream(Cipher.values())
                .filter(cipher -> lists(cipher.type()))
                .findFirst();
    }

    /** How a content key goes to an RSA key: OAEP if the client can, with the hash it names. */
    AlgorithmIdentifier keyTransport() {
        return listed.stream()
                .filter(one -> one.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP))
                .findFirst()
                .map(one -> new AlgorithmIdentifier(
                        one.getAlgorithm(),
                        RSAESOAEPparams.getInstance(
                                one.getParameters() == null ? new RSAESOAEPparams() : one.getParameters())))
                .orElseGet(() -> new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.rsaEncryption, org.bouncycastle.asn1.DERNull.INSTANCE));
    }

    /** How a content key goes to an EC key. */
    ASN1ObjectIdentifier keyAgreement() {
        return AGREEMENTS.stream().filter(this::lists).findFirst().orElse(AGREEMENTS.getFirst());
    }

    private boolean lists(ASN1ObjectIdentifier type) {
        return listed.stream().anyMatch(one -> one.getAlgorithm().equals(type));
    }
}
