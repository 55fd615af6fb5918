package dev.nameplate.hsm;

/**
 * What a vault answered when a key-encryption key was destroyed.
 *
 * @param destroyed how many objects C_DestroyObject reported as destroyed
 * @param found how many objects C_FindObjects found afterwards by the key's CKA_ID, of any class
 */
public record KekDestruction(KeyEncryptionKey kek, int destroyed, int found, TokenFacts token) {
    /** Whether nothing of the key is left in this token. Copies elsewhere, as the recipient's, are another matter. */
    public boolean complete() {
        return found == 0;
    }
}
