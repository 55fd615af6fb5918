package dev.nameplate.hsm;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Keys for devices that cannot make their own. They are made in the vault, leave it wrapped and in no other form, and are
 * destroyed there before the call that made them returns. What wraps them are key-encryption keys, which stay: AES-256,
 * sensitive, not extractable, for wrapping and for nothing else. What they wrapped is opened by {@link #rewrap} alone, inside.
 *
 * <p>Whoever is to open the wrapped keys gets the value of the key-encryption key once, encrypted to a key of his own, when it
 * is made; nobody gets it later.
 *
 * <p>Thread-safe and blocking. Every method may throw what {@link KeyVault} says for all of its methods.
 */
public interface InjectionVault {
    /**
     * Makes a key-encryption key and hands it to its one recipient.
     *
     * @param label the name people see, and {@link #find} looks for
     * @param recipient RSA from 2048 bits: the token itself encrypts to it, by RSAES-OAEP. A key on P-256, P-384 or P-521: ECDH
     *     with a key derivation function is more than tokens can be relied on for, so the value is made outside, is in this
     *     process's memory while this call lasts, and {@link KekHandover#insideToken} says so
     * @throws KeyNotAcceptableException if there is a key-encryption key of that label, or the token made one that could leave it
     * @throws IllegalArgumentException if the recipient's key is none of these
     */
    KekHandover makeKek(String label, SubjectPublicKeyInfo recipient);

    /**
     * @throws KeyNotAcceptableException if several have this label, or the one that has it could leave the vault or open keys
     */
    Optional<KeyEncryptionKey> find(String label);

    /** Every key-encryption key here, also those that {@link #find} would not accept. */
    List<KeyEncryptionKey> keks();

    /**
     * Makes a device's key pair under a key-encryption key.
     *
     * @throws KeyMissingException if there is no such key-encryption key, which is so for ever after {@link #destroy}
     * @throws MechanismMissingException if the token cannot make or wrap this kind of key
     */
    WrappedDeviceKey make(KeySpec spec, KeyEncryptionKey kek);

    /**
     * Makes a device's key pair under a key-encryption key of its own, which is handed to the recipient and destroyed.
     *
     * @param recipient as for {@link #makeKek}
     */
    SealedDeviceKey makeFor(KeySpec spec, SubjectPublicKeyInfo recipient);

    /**
     * Has what one key-encryption key wrapped wrapped by another. Each key is for that moment what it was when it was made: an
     * object of one session, sensitive, to be wrapped and for nothing else. It is in clear nowhere but in the vault.
     *
     * @param wrapped as {@link WrappedDeviceKey#encryptedPrivateKeyInfo}
     * @return the same in the same order
     * @throws KeyMissingException if one of the two is not there
     * @throws TokenRefusedException if the token does not let its user open what it wrapped
     * @throws WrappedKeyDamagedException if one of these is no wrapped key, or not under that key; nothing is returned of the others
     */
    List<byte[]> rewrap(List<byte[]> wrapped, KeyEncryptionKey from, KeyEncryptionKey to);

    /**
     * Hands keys on to another vault. Each is opened here as for {@link #rewrap}, and wrapped by a key of that vault, which comes
     * in encrypted to an RSA key of this call alone and is gone when it ends. Nothing is in clear outside the two.
     *
     * @param wrapped as {@link WrappedDeviceKey#encryptedPrivateKeyInfo}
     * @param carrier the other vault's; asked once
     * @return the same in the same order, under the carrier
     * @throws KeyMissingException if the key-encryption key is not there
     * @throws TokenRefusedException as for {@link #rewrap}
     * @throws WrappedKeyDamagedException as for {@link #rewrap}
     */
    List<byte[]> handOn(List<byte[]> wrapped, KeyEncryptionKey from, CarrierKey carrier);

    /**
     * Takes over what another vault hands on, under a carrier made here for this call.
     *
     * @param to wraps them from now on
     * @param other hands them on under the carrier
     * @return the same in the same order
     * @throws KeyMissingException if the key-encryption key is not there
     */
    List<byte[]> takeOver(KeyEncryptionKey to, Function<CarrierKey, List<byte[]>> other);

    /** The label of the token that the key is in. */
    String tokenOf(KeyEncryptionKey kek);

    /**
     * Destroys a key-encryption key and looks for it afterwards. Every copy of what it wrapped is then closed to this vault.
     *
     * @return what the vault answered; doing it again finds nothing to destroy and says so
     */
    KekDestruction destroy(KeyEncryptionKey kek);

    /** What the token says of itself. */
    TokenFacts facts();
}
