package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * An entry as it stands in the journal: base64url of the entry, a point, and base64url of the signature over what is before the
 * point (ECDSA on P-256 with SHA-256, in DER).
 */
public record JournalLine(String text, JournalEntry entry) {
    /** A line is never longer. */
    public static final int MOST_CHARACTERS = 4096;

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    /** @param signer of the bundle's journal key */
    public static JournalLine signed(JournalEntry entry, UnaryOperator<byte[]> signer) {
        String body = URL.encodeToString(entry.octets());
        byte[] signature = signer.apply(body.getBytes(StandardCharsets.US_ASCII));
        return new JournalLine(body + "." + URL.encodeToString(signature), entry);
    }

    /** @throws IllegalArgumentException if it is none, or not signed by this key */
    public static JournalLine parse(String text, SubjectPublicKeyInfo key) {
        int point = text.indexOf('.');
        if (point < 0 || text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("it is not a line of a journal");
        }
        byte[] body = text.substring(0, point).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(point + 1));
        if (!verifies(key, body, signature)) {
            throw new IllegalArgumentException("its signature is not by the bundle's journal key");
        }
        return new JournalLine(text, JournalEntry.parse(Base64.getUrlDecoder().decode(body)));
    }

    public Sha256 hash() {
        return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean verifies(SubjectPublicKeyInfo key, byte[] body, byte[] signature) {
        try {
            return Signatures.verifies(ECDSA, PublicKeyFactory.createKey(key), body, signature);
        } catch (IOException notAKey) {
            throw new IllegalArgumentException("the bundle's journal key cannot be read", notAKey);
        }
    }
}
