package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;

import dev.nameplate.hsm.CarrierKey;
import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.OutsideKek;
import dev.nameplate.hsm.SealedDeviceKey;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.WrappedFormats;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Keys for devices, by a token. A key-encryption key is first an object of the session, which may leave it encrypted to its
 * recipient, and is then copied into the token as one that may not: no object in the token was ever extractable.
 */
final class Pkcs11Injection implements InjectionVault {
    /** RSA takes a small token a while. */
    private static final Duration KEY_GENERATION = Duration.ofMinutes(2);

    private static final Mechanism AES_KEY = new Mechanism(CKM_AES_KEY_GEN);

    private final String token;
    private final TokenCalls calls;
    private final KekObjects keks;
    private final Crossing crossing;
    private final PassingKeys passing;
    private final SecureRandom random;

    Pkcs11Injection(String token, TokenCalls calls, PassingKeys passing, SecureRandom random) {
        this.calls = calls;
        this.passing = passing;
        this.token = token;
        this.keks = new KekObjects(token);
        this.crossing = new Crossing(token, keks, passing);
        this.random = random;
    }

    @Override
    public KekHandover makeKek(String label, SubjectPublicKeyInfo recipient) {
        if (label.isBlank()) {
            throw new IllegalArgumentException("key label is empty");
        }
        KekRecipient to = KekRecipient.of(recipient);
        KeyId id = KeyId.random(random);
        return calls.run(session -> {
            keks.requireFree(session.session(), label);
            return withKek(session.session(), to, (source, info) -> {
                KeyEncryptionKey kept = keks.keep(session.session(), source, id, label);
                return new KekHandover(kept, info, to instanceof KekRecipient.Rsa);
            });
        });
    }

    @Override
    public Optional<KeyEncryptionKey> find(String label) {
        return calls.run(session -> keks.find(session.session(), label));
    }

    @Override
    public List<KeyEncryptionKey> keks() {
        return calls.run(session -> keks.all(session.session()));
    }

    @Override
    public WrappedDeviceKey make(KeySpec spec, KeyEncryptionKey kek) {
        PassingKeys.Wrapped made = calls.run(
                KEY_GENERATION,
                session -> passing.make(session.session(), spec, keks.handle(session, kek), kek.trusted()));
        return new WrappedDeviceKey(made.publicKey(), WrappedFormats.encryptedPrivateKeyInfo(made.octets()), kek.id());
    }

    @Override
    public SealedDeviceKey makeFor(KeySpec spec, SubjectPublicKeyInfo recipient) {
        KekRecipient to = KekRecipient.of(recipient);
        return calls.run(
                KEY_GENERATION,
                session -> withKek(session.session(), to, (kek, info) -> {
                    PassingKeys.Wrapped made = passing.make(session.session(), spec, kek, false);
                    return new SealedDeviceKey(
                            made.publicKey(),
                            WrappedFormats.envelopedData(info, made.octets()),
                            to instanceof KekRecipient.Rsa);
                }));
    }

    @Override
    public List<byte[]> rewrap(List<byte[]> wrapped, KeyEncryptionKey from, KeyEncryptionKey to) {
        List<byte[]> octets = wrapped.stream().map(WrappedFormats::wrapped).toList();
        List<byte[]> anew = calls.run(KEY_GENERATION, session -> {
            long opening = keks.opening(session, from);
            try {
                return passing.rewrap(session.session(), octets, opening, keks.handle(session, to), to.trusted());
            } finally {
                session.session().destroyObject(opening);
            }
        });
        return anew.stream().map(WrappedFormats::encryptedPrivateKeyInfo).toList();
    }

    @Override
    public List<byte[]> handOn(List<byte[]> wrapped, KeyEncryptionKey from, CarrierKey carrier) {
        List<byte[]> octets = wrapped.stream().map(WrappedFormats::wrapped).toList();
        List<byte[]> carried = calls.run(KEY_GENERATION, session -> crossing.handOn(session, octets, from, carrier));
        return carried.stream().map(WrappedFormats::encryptedPrivateKeyInfo).toList();
    }

    @Override
    public List<byte[]> takeOver(KeyEncryptionKey to, Function<CarrierKey, List<byte[]>> other) {
        List<byte[]> anew = calls.run(
                KEY_GENERATION.multipliedBy(2),
                session -> crossing.takeOver(
                        session,
                        to,
                        carrier -> other.apply(carrier).stream()
                                .map(WrappedFormats::wrapped)
                                .toList()));
        return anew.stream().map(WrappedFormats::encryptedPrivateKeyInfo).toList();
    }

    @Override
    public String tokenOf(KeyEncryptionKey kek) {
        return token;
    }

    @Override
    public KekDestruction destroy(KeyEncryptionKey kek) {
        return calls.run(session -> keks.destroy(session.session(), kek));
    }

    @Override
    public TokenFacts facts() {
        return calls.run(session -> KekObjects.facts(session.session()));
    }

    private <T> T withKek(Session session, KekRecipient recipient, KekWork<T> work) throws PKCS11Exception {
        return switch (recipient) {
            case KekRecipient.Rsa rsa -> withInsideKek(session, rsa, work);
            case KekRecipient.Ec ec -> withOutsideKek(session, ec, work);
        };
    }

    private static <T> T withInsideKek(Session session, KekRecipient.Rsa recipient, KekWork<T> work)
            throws PKCS11Exception {
        long kek = session.generateKey(AES_KEY, KekTemplates.toHandOver());
        try {
            return work.with(kek, Oaep.handOver(session, recipient, kek));
        } finally {
            session.destroyObject(kek);
        }
    }

    private <T> T withOutsideKek(Session session, KekRecipient.Ec recipient, KekWork<T> work) throws PKCS11Exception {
        try (OutsideKek value = new OutsideKek(random)) {
            long kek = session.createObject(KekTemplates.imported(value.value()));
            try {
                return work.with(kek, value.recipientInfo(recipient));
            } finally {
                session.destroyObject(kek);
            }
        }
    }

    /** Something to do with a key-encryption key of the session and its handover. */
    @FunctionalInterface
    private interface KekWork<T> {
        T with(long kek, byte[] recipientInfo) throws PKCS11Exception;
    }
}
