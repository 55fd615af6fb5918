package dev.nameplate.ca.factory.keys;

import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SealedDeviceKey;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.WrappedKeyDamagedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Keys for the units of batches, made by the vault. Nobody holds a key in clear here, and nothing keeps one for anybody: a
 * signing key has no escrow.
 */
public final class BatchKeys {
    private final InjectionVault vault;
    private final Map<KekName, KeyEncryptionKey> known = new ConcurrentHashMap<>();

    public BatchKeys(InjectionVault vault) {
        this.vault = vault;
    }

    /** What the token says of itself. */
    public TokenFacts token() {
        return vault.facts();
    }

    /**
     * Makes the key-encryption key of a batch and station, and hands it over. To be recorded before it leaves; when nothing was
     * recorded, as after a crash in between, this is called again, and what was made before is destroyed first: nobody has it.
     *
     * @param recipient the station's or chip's key; RSA, so that the value never leaves the token in clear, or on a curve
     */
    public KekHandover handOver(KekName name, SubjectPublicKeyInfo recipient) {
        known.remove(name);
        vault.find(name.label()).ifPresent(vault::destroy);
        KekHandover handover = vault.makeKek(name.label(), recipient);
        known.put(name, handover.kek());
        return handover;
    }

    /**
     * A new key under the key-encryption key of a batch and station.
     *
     * @throws KeyMissingException if there is none: nothing was handed over, or the batch is closed
     */
    public WrappedDeviceKey make(KekName name, KeySpec spec) {
        return vault.make(spec, known.computeIfAbsent(name, this::required));
    }

    /**
     * Has what one key wrapped wrapped by another, inside the vault.
     *
     * @param wrapped RFC 5958 EncryptedPrivateKeyInfo in DER each
     * @throws KeyMissingException if one of the two is not there
     */
    public List<byte[]> rewrap(KekName from, KekName to, List<byte[]> wrapped) {
        return vault.rewrap(wrapped, required(from), required(to));
    }

    /**
     * Like {@link #rewrap}, where one that is damaged is no reason not to wrap the others.
     *
     * @return nothing for one that does not open
     */
    public List<Optional<byte[]>> rewrapEach(KekName from, KekName to, List<byte[]> wrapped) {
        try {
            return rewrap(from, to, wrapped).stream().map(Optional::of).toList();
        } catch (WrappedKeyDamagedException one) {
            return wrapped.stream().map(each -> rewrapped(from, to, each)).toList();
        }
    }

    private Optional<byte[]> rewrapped(KekName from, KekName to, byte[] wrapped) {
        try {
            return Optional.of(rewrap(from, to, List.of(wrapped)).getFirst());
        } catch (WrappedKeyDamagedException closed) {
            return Optional.empty();
        }
    }

    /** Where a key is, if it is there. */
    public Optional<KeyEncryptionKey> find(KekName name) {
        return vault.find(name.label());
    }

    /** The label of the token that such a key is in. */
    public String tokenOf(KeyEncryptionKey kek) {
        return vault.tokenOf(kek);
    }

    /** A new key for one recipient, under a key-encryption key that only this key ever has. */
    public SealedDeviceKey makeFor(SubjectPublicKeyInfo recipient, KeySpec spec) {
        return vault.makeFor(spec, recipient);
    }

    /** @return empty if there was nothing to destroy, as when it was destroyed before */
    public Optional<KekDestruction> destroy(KekName name) {
        known.remove(name);
        return vault.find(name.label()).map(vault::destroy);
    }

    /** Destroys what is left of a batch: keys that were made, and not on record when the process that made them ended. */
    public void destroyRest(String batch) {
        vault.keks().stream()
                .filter(kek -> KekName.isLabelOf(batch, kek.label()))
                .forEach(kek -> {
                    known.values().remove(kek);
                    vault.destroy(kek);
                });
    }

    /** What an operator should know about how these keys are protected; a sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        long untrusted = vault.keks().stream()
                .filter(kek -> KekName.isLabel(kek.label()))
                .filter(kek -> !kek.trusted())
                .count();
        if (untrusted > 0) {
            remarks.add(
                    untrusted + " key-encryption keys are not trusted ones (CKA_TRUSTED), because the token lets its"
                            + " security officer alone make those: while a device's key is in the token, for the moment it takes"
                            + " to wrap it, the token would also wrap it under another key of whoever has the user PIN");
        }
        return remarks;
    }

    private KeyEncryptionKey required(KekName name) {
        return vault.find(name.label())
                .orElseThrow(() ->
                        new KeyMissingException("batch " + name.batch() + " has no key-encryption key for station "
                                + name.station() + ": none was handed over, or it is destroyed"));
    }
}
