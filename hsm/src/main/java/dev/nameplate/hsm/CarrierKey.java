package dev.nameplate.hsm;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A key of one vault that carries keys over from another: it lives as long as the call that carries them. */
@FunctionalInterface
public interface CarrierKey {
    /**
     * @param recipient RSA from 2048 bits, of the vault that the keys are in
     * @return the carrier for it: a CMS RecipientInfo in DER
     */
    byte[] encryptedTo(SubjectPublicKeyInfo recipient);
}
