package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Where the key-encryption keys are. What it throws when it cannot be reached is its own. */
public interface KekKeeping {
    /** Makes a key; one that was made before, and is not on record, is nobody's and destroyed first. */
    Handover.Kek make(BatchName batch, KekNumber number, SubjectPublicKeyInfo recipient);

    /** Destroys a key that never came on record, so that nothing is under it. */
    void discard(BatchName batch, KekNumber number);

    /** @return the same units' keys under the other key, in the same order; nothing for one that is damaged and does not open */
    List<Optional<byte[]>> rewrap(BatchName batch, KekNumber from, KekNumber to, List<byte[]> wrapped);

    /**
     * Destroys a key; one that is not there any more was destroyed before.
     *
     * @param earlier what was said of those before
     * @return what is to be said of it, in canonical JSON
     */
    byte[] destroy(FormerKek former, List<byte[]> earlier, String operator);
}
