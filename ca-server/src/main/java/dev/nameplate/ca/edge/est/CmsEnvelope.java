package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.enrollment.Envelope;
import dev.nameplate.ca.enrollment.Recipient;
import dev.nameplate.est.Capabilities;
import dev.nameplate.est.KeyRecipient;
import dev.nameplate.est.SealedKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The envelope of RFC 7030, 4.4.2.
 *
 * @param id what the request calls the key to decrypt with
 */
record CmsEnvelope(SealedKey sealing, ASN1OctetString id, Capabilities capabilities) implements Envelope {
    @Override
    public Optional<String> objectionTo(Recipient recipient) {
        if (capabilities.cipher().isEmpty()) {
            return Optional.of("smimeCapabilities lists no content encryption that is done here: list one of "
                    + Arrays.toString(Capabilities.Cipher.values()));
        }
        return recipient instanceof Recipient.Certificate(var certificate)
                        && !encrypts(
                                certificate.parsed().getSubjectPublicKeyInfo().getAlgorithm())
                ? Optional.of(
                        "nothing can be encrypted to the key of the certificate it names; RSA and EC keys will do")
                : Optional.empty();
    }

    @Override
    public byte[] seal(byte[] pkcs8, Recipient recipient) {
        return sealing.seal(pkcs8, onTheWire(recipient), capabilities);
    }

    private KeyRecipient onTheWire(Recipient recipient) {
        return switch (recipient) {
            case Recipient.Secret(var key) -> new KeyRecipient.Secret(id, key);
            case Recipient.Certificate(var certificate) ->
                new KeyRecipient.PublicKey(id, certificate.parsed().getSubjectPublicKeyInfo());
        };
    }

    private static boolean encrypts(AlgorithmIdentifier key) {
        return key.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                || (key.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        && key.getParameters() instanceof ASN1ObjectIdentifier);
    }
}
