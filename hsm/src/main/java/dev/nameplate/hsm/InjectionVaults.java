package dev.nameplate.hsm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Several vaults for devices' keys as one: every key-encryption key is used where it is, and new ones are made in the first. For as
 * long as it takes to move from one token to another.
 */
public final class InjectionVaults implements InjectionVault {
    private final InjectionVault first;
    private final List<InjectionVault> all;
    private final Map<KeyId, InjectionVault> places = new ConcurrentHashMap<>();

    /** @param all the usual one first */
    public InjectionVaults(List<InjectionVault> all) {
        this.all = List.copyOf(all);
        this.first = all.getFirst();
    }

    @Override
    public KekHandover makeKek(String label, SubjectPublicKeyInfo recipient) {
        if (find(label).isPresent()) {
            throw new KeyNotAcceptableException("there is a key-encryption key " + label + " already");
        }
        return first.makeKek(label, recipient);
    }

    @Override
    public Optional<KeyEncryptionKey> find(String label) {
        return all.stream().flatMap(vault -> vault.find(label).stream()).findFirst();
    }

    @Override
    public List<KeyEncryptionKey> keks() {
        return all.stream().flatMap(vault -> vault.keks().stream()).toList();
    }

    @Override
    public WrappedDeviceKey make(KeySpec spec, KeyEncryptionKey kek) {
        return of(kek).make(spec, kek);
    }

    @Override
    public SealedDeviceKey makeFor(KeySpec spec, SubjectPublicKeyInfo recipient) {
        return first.makeFor(spec, recipient);
    }

    @Override
    public List<byte[]> rewrap(List<byte[]> wrapped, KeyEncryptionKey from, KeyEncryptionKey to) {
        InjectionVault source = of(from);
        InjectionVault target = of(to);
        return source.equals(target)
                ? source.rewrap(wrapped, from, to)
                : target.takeOver(to, carrier -> source.handOn(wrapped, from, carrier));
    }

    @Override
    public List<byte[]> handOn(List<byte[]> wrapped, KeyEncryptionKey from, CarrierKey carrier) {
        return of(from).handOn(wrapped, from, carrier);
    }

    @Override
    public List<byte[]> takeOver(KeyEncryptionKey to, Function<CarrierKey, List<byte[]>> other) {
        return of(to).takeOver(to, other);
    }

    @Override
    public String tokenOf(KeyEncryptionKey kek) {
        return of(kek).tokenOf(kek);
    }

    @Override
    public KekDestruction destroy(KeyEncryptionKey kek) {
        KekDestruction done = place(kek).orElse(first).destroy(kek);
        places.remove(kek.id());
        return done;
    }

    @Override
    public TokenFacts facts() {
        return first.facts();
    }

    private InjectionVault of(KeyEncryptionKey kek) {
        return place(kek).orElseThrow(() -> new KeyMissingException("there is no key-encryption key " + kek.label()));
    }

    private Optional<InjectionVault> place(KeyEncryptionKey kek) {
        Optional<InjectionVault> known = Optional.ofNullable(places.get(kek.id()));
        if (known.isPresent()) {
            return known;
        }
        Optional<InjectionVault> found = all.stream()
                .filter(vault -> vault.find(kek.label()).filter(kek::equals).isPresent())
                .findFirst();
        found.ifPresent(vault -> places.put(kek.id(), vault));
        return found;
    }
}
