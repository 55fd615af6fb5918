package dev.nameplate.ca.issuance;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import java.nio.charset.StandardCharsets;

/** The same credential asking again for the same public key under the same label: one fingerprint, whatever the CSR's bytes. */
public record RequestFingerprint(Sha256 value) {
    public static RequestFingerprint of(Credential credential, LabelName label, Sha256 keyHash) {
        byte[] who = (credential.key() + "\n" + label + "\n").getBytes(StandardCharsets.UTF_8);
        return new RequestFingerprint(Sha256.of(who, keyHash.octets()));
    }
}
