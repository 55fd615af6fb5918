package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * The key is what it claims to be (a point on its curve and not at infinity), written in the one
 * usual way: uncompressed, with the parameters its algorithm has. Another way of writing it would be another name for the same
 * key, and keys are told apart by name.
 */
final class WellFormedKey implements KeyCheck {
    @Override
    public Optional<Refusal> objectionTo(SubjectKey key, Profile profile) {
        try {
            SubjectPublicKeyInfo usual = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.parameters());
            byte[] asked = key.info().getEncoded(ASN1Encoding.DER);
            return Arrays.equals(usual.getEncoded(ASN1Encoding.DER), asked)
                    ? Optional.empty()
                    : Optional.of(
                            new Refusal.KeyWeak(
                                    "the public key is not written in the usual form (EC points uncompressed, RSA with NULL parameters)"));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(new Refusal.KeyWeak("it is not a valid public key: " + e.getMessage()));
        }
    }
}
