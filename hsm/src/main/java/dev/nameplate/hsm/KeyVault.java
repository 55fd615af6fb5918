package dev.nameplate.hsm;

import java.util.List;
import java.util.Optional;

/**
 * Where signing keys live. Thread-safe and blocking; made to be called from virtual threads.
 *
 * <p>Every method may throw {@link VaultUnavailableException} (try again later) and {@link WrongPinException} (an operator must
 * act). A vault whose token went away and came back serves again by itself.
 */
public interface KeyVault extends AutoCloseable {
    /**
     * Makes a key pair inside the vault: kept there, sensitive, never extractable, for signing only. What was made is read back
     * and checked; a key that fails the check is destroyed.
     *
     * @param label the name people see (CKA_LABEL); not empty. The key is told apart from others by a random CKA_ID
     * @throws KeyNotAcceptableException if the token made a key that could leave it
     * @throws MechanismMissingException if the token cannot make this kind of key
     * @throws TokenFullException if the token cannot store it
     */
    VaultKey generate(KeySpec spec, String label);

    /**
     * The part of this vault that is in one token: where keys are made that have to be there.
     *
     * @throws NoSuchTokenException if this vault has no such token
     */
    KeyVault inToken(String label);

    /** What the token says of itself; of several, the usual one. */
    TokenFacts facts();

    /** Whether this vault has that token, whatever is in it. Does not touch the vault. */
    default boolean reaches(String label) {
        try {
            return inToken(label) != null;
        } catch (NoSuchTokenException _) {
            return false;
        }
    }

    /**
     * Makes a key pair for somebody else inside the vault: wrapped out at once and destroyed there, so that nothing of it is left
     * in the vault when this returns.
     *
     * @throws MechanismMissingException if the token cannot make or wrap this kind of key
     */
    DeviceKey makeForDevice(KeySpec spec);

    /**
     * Looks a key up.
     *
     * @return the one private key that the URI names, if there is one
     * @throws KeyNotAcceptableException if the URI fits several keys, or one that is no {@link KeySpec}
     */
    Optional<VaultKey> find(KeyUri uri);

    /** Every private key here that is one of {@link KeySpec} and has its public key beside it. */
    List<VaultKey> list();

    /**
     * A key to sign with. Does not touch the vault: the key is looked up at its first use, and again after the vault was lost.
     *
     * @throws NoSuchTokenException if the URI names another token than this vault's
     */
    SigningKey signingKey(KeyUri uri);

    /**
     * Destroys the key and its public key. There is no way back.
     *
     * @throws KeyMissingException if there is no such key
     */
    void destroy(KeyUri uri);

    /** Signs a test message and verifies it with the public key: the only health check that a lost token cannot pass. */
    VaultHealth probe(KeyUri uri);

    /** Gives back everything the vault holds. Calls under way may fail with {@link VaultUnavailableException}. */
    @Override
    void close();
}
