package dev.nameplate.ca.app;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.UnitKeys;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.WrappedDeviceKey;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Keys of units, made in the token and gone from it when they are wrapped. */
final class TokenUnitKeys implements UnitKeys, Handovers.KekMaker {
    private static final List<KeySpec> MADE = List.of(KeySpec.EC_P256, KeySpec.EC_P384, KeySpec.RSA_3072);

    private final BatchKeys keys;
    private final HandoverRegister handovers;
    private final Profiles profiles;

    TokenUnitKeys(BatchKeys keys, HandoverRegister handovers, Profiles profiles) {
        this.keys = keys;
        this.handovers = handovers;
        this.profiles = profiles;
    }

    @Override
    public Making make(Batch batch, OperatorName station) {
        Optional<KeySpec> spec = spec(batch);
        if (spec.isEmpty()) {
            return refused(batch, "profile " + batch.order().profile() + " allows no kind of key that the token makes");
        }
        Optional<KekNumber> kek = handovers.find(batch.name(), station).map(Handover::number);
        if (kek.isEmpty()) {
            return refused(batch, "station " + station + " has not received its key-encryption key yet");
        }
        try {
            WrappedDeviceKey made = keys.make(name(batch.name(), kek.get()), spec.get());
            return new Making.Made(made.publicKey(), new KeyPackage(made.encryptedPrivateKeyInfo(), kek));
        } catch (KeyMissingException destroyed) {
            return refused(batch, "its key-encryption key is destroyed");
        }
    }

    @Override
    public Handover.Kek make(Batch batch, Caller station, SubjectPublicKeyInfo recipient) {
        return made(batch.name(), new KekNumber(station.name(), 1), recipient);
    }

    /** One that was made before, and is not on record, is nobody's and destroyed first. */
    Handover.Kek made(BatchName batch, KekNumber number, SubjectPublicKeyInfo recipient) {
        KekHandover handover = keys.handOver(name(batch, number), recipient);
        return new Handover.Kek(
                number.number(),
                new KeyPackage(handover.recipientInfo()),
                handover.kek().checkValue(),
                handover.insideToken());
    }

    private Optional<KeySpec> spec(Batch batch) {
        var allowed = profiles.named(batch.order().profile()).keys().allowed().stream()
                .map(KeyAlgorithm::name)
                .toList();
        return MADE.stream().filter(spec -> allowed.contains(spec.name())).findFirst();
    }

    static KekName name(BatchName batch, KekNumber kek) {
        return new KekName(batch.value(), kek.station().value(), kek.number());
    }

    private static Making refused(Batch batch, String why) {
        return new Making.Refused(new Refusal.NotPossibleNow("batch " + batch.name(), why));
    }
}
