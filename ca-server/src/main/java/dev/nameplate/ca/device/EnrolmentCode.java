package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A one-time code as recorded: never the code itself.
 *
 * @param label the only label it is good for, or any
 * @param hash over salt and code; the code has at least 100 random bits, so no slow hash is needed
 * @param usedAt when it was first used; recorded in the transaction that records the certificate
 */
public record EnrolmentCode(
        CodeId id,
        DeviceId device,
        Optional<LabelName> label,
        CodeHash hash,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> usedAt,
        Optional<Instant> cancelledAt) {

    /**
     * SHA-256 over salt and code.
     *
     * @param salt 16 random octets
     * @param digest what HTTP Digest needs, where a label takes that; as good as the code for whoever has it
     */
    public record CodeHash(byte[] salt, Sha256 value, Optional<Sha256> digest) {
        public CodeHash {
            salt = salt.clone();
        }

        @Override
        public byte[] salt() {
            return salt.clone();
        }
    }
}
