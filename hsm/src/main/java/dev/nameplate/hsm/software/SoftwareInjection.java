package dev.nameplate.hsm.software;

import dev.nameplate.hsm.CarrierKey;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.OutsideKek;
import dev.nameplate.hsm.SealedDeviceKey;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.WrappedFormats;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** Keys for devices on the Java heap: for tests and trials, as {@link SoftwareVault} is. */
public final class SoftwareInjection implements InjectionVault {
    private static final int CHECK_OCTETS = 3;
    private static final int BLOCK = 16;

    private final String token;
    private final SecureRandom random = new SecureRandom();
    private final Map<KeyEncryptionKey, OutsideKek> keks = new ConcurrentHashMap<>();

    public SoftwareInjection(String token) {
        this.token = token;
    }

    @Override
    public synchronized KekHandover makeKek(String label, SubjectPublicKeyInfo recipient) {
        if (label.isBlank()) {
            throw new IllegalArgumentException("key label is empty");
        }
        if (find(label).isPresent()) {
            throw new KeyNotAcceptableException("there is a key-encryption key " + label + " already");
        }
        KekRecipient to = KekRecipient.of(recipient);
        OutsideKek value = new OutsideKek(random);
        KeyEncryptionKey kek = new KeyEncryptionKey(KeyId.random(random), label, checkValue(value), false);
        keks.put(kek, value);
        return new KekHandover(kek, SoftwareWrapping.handOver(value, to), false);
    }

    @Override
    public Optional<KeyEncryptionKey> find(String label) {
        return keks.keySet().stream().filter(kek -> kek.label().equals(label)).findFirst();
    }

    @Override
    public List<KeyEncryptionKey> keks() {
        return List.copyOf(keks.keySet());
    }

    @Override
    public WrappedDeviceKey make(KeySpec spec, KeyEncryptionKey kek) {
        OutsideKek value = required(kek);
        SoftwareKey made = made(spec);
        return new WrappedDeviceKey(
                made.described().publicKey(),
                WrappedFormats.encryptedPrivateKeyInfo(SoftwareWrapping.wrap(value, made)),
                kek.id());
    }

    @Override
    public SealedDeviceKey makeFor(KeySpec spec, SubjectPublicKeyInfo recipient) {
        KekRecipient to = KekRecipient.of(recipient);
        try (OutsideKek value = new OutsideKek(random)) {
            SoftwareKey made = made(spec);
            byte[] data = WrappedFormats.envelopedData(
                    SoftwareWrapping.handOver(value, to), SoftwareWrapping.wrap(value, made));
            return new SealedDeviceKey(made.described().publicKey(), data, false);
        }
    }

    @Override
    public List<byte[]> rewrap(List<byte[]> wrapped, KeyEncryptionKey from, KeyEncryptionKey to) {
        return rewrapped(wrapped, required(from), required(to));
    }

    private static List<byte[]> rewrapped(List<byte[]> wrapped, OutsideKek opening, OutsideKek closing) {
        return wrapped.stream()
                .map(WrappedFormats::wrapped)
                .map(octets -> SoftwareWrapping.rewrap(octets, opening, closing))
                .map(WrappedFormats::encryptedPrivateKeyInfo)
                .toList();
    }

    @Override
    public List<byte[]> handOn(List<byte[]> wrapped, KeyEncryptionKey from, CarrierKey carrier) {
        OutsideKek opening = required(from);
        KeyPair receiver = SoftwareWrapping.receiver();
        byte[] info = carrier.encryptedTo(
                SubjectPublicKeyInfo.getInstance(receiver.getPublic().getEncoded()));
        try (OutsideKek carrying = SoftwareWrapping.taken(info, receiver)) {
            return rewrapped(wrapped, opening, carrying);
        }
    }

    @Override
    public List<byte[]> takeOver(KeyEncryptionKey to, Function<CarrierKey, List<byte[]>> other) {
        OutsideKek closing = required(to);
        try (OutsideKek carrying = new OutsideKek(random)) {
            List<byte[]> carried =
                    other.apply(recipient -> SoftwareWrapping.handOver(carrying, KekRecipient.of(recipient)));
            return rewrapped(carried, carrying, closing);
        }
    }

    @Override
    public String tokenOf(KeyEncryptionKey kek) {
        return token;
    }

    @Override
    public KekDestruction destroy(KeyEncryptionKey kek) {
        Optional<OutsideKek> value = Optional.ofNullable(keks.remove(kek));
        value.ifPresent(OutsideKek::close);
        return new KekDestruction(kek, value.isPresent() ? 1 : 0, 0, facts());
    }

    @Override
    public TokenFacts facts() {
        return new TokenFacts(token, "Nameplate", "software", "0", "0", "0");
    }

    private OutsideKek required(KeyEncryptionKey kek) {
        return Optional.ofNullable(keks.get(kek))
                .orElseThrow(() -> new KeyMissingException("there is no key-encryption key " + kek.label()));
    }

    private SoftwareKey made(KeySpec spec) {
        KeyUri nowhere = KeyUri.of(KeyUri.Scheme.SOFTWARE, token, "device", KeyId.random(random));
        return SoftwareKey.generate(nowhere, spec, random);
    }

    private static String checkValue(OutsideKek value) {
        byte[] block = new byte[BLOCK];
        var aes = AESEngine.newInstance();
        aes.init(true, new KeyParameter(value.value()));
        aes.processBlock(new byte[BLOCK], 0, block, 0);
        return HexFormat.of().formatHex(Arrays.copyOf(block, CHECK_OCTETS));
    }
}
