package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.FormerKek;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.KekBook;
import dev.nameplate.ca.factory.KekKeeping;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KekRotation;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.DestructionRecord;
import dev.nameplate.ca.factory.keys.InjectedKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.lease.Turn;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.rotation.KeyChanges;
import dev.nameplate.ca.rotation.KeyEntry;
import dev.nameplate.ca.rotation.KeyTimes;
import dev.nameplate.ca.store.JooqLeases;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.VaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key-encryption keys of open batches: replaced when they are old or an operator says so, by one process at a time. */
final class KekRotations implements KekKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(KekRotations.class);
    private static final String ALGORITHM = "aes-256";
    private static final int NAME_OCTETS = 8;

    private final Core core;
    private final BatchKeys keys;
    private final KekBook book;
    private final TokenUnitKeys maker;
    private final KekRotation rotation;
    private final Turn turn;

    KekRotations(Core core, TokenUnitKeys maker) {
        this.core = core;
        this.keys = core.batchKeys();
        this.book = core.records().factory().keks();
        this.maker = maker;
        this.rotation = new KekRotation(
                book,
                this,
                core.means().clock(),
                core.settings().services().rollover().settle());
        this.turn = turn(core, "key-encryption-keys", Duration.ofMinutes(1));
    }

    /** Replaces all of them; what they wrapped is wrapped anew from then on by {@link #turn}. */
    KeyChanges.Changed change(Cause cause) {
        return turn.alone(() -> {
                    KekRotation.Begun begun = rotation.begin(cause);
                    rotation.turn();
                    return new KeyChanges.Changed(
                            begun.keys().stream().map(KekRotations::purpose).toList(),
                            Stream.concat(
                                            begun.troubles().stream().map(KekRotations::purpose),
                                            damaged().stream().map(KekRotations::closed))
                                    .toList());
                })
                .orElseGet(() -> new KeyChanges.Changed(
                        List.of(), List.of("another process replaces key-encryption keys just now; ask again")));
    }

    /** For the work that all processes do one after the other. */
    static Turn turn(Core core, String name, Duration lasts) {
        byte[] self = new byte[NAME_OCTETS];
        core.means().random().nextBytes(self);
        return new Turn(
                new JooqLeases(core.records().database()), name, HexFormat.of().formatHex(self), lasts);
    }

    /** Begins what is due, and goes on with what was begun. */
    void turn() {
        Duration period = core.settings().services().rotation().kek();
        boolean due = book.current().stream()
                .anyMatch(current -> !core.means()
                        .clock()
                        .instant()
                        .isBefore(current.handover().at().plus(period)));
        if (!due && book.former().isEmpty()) {
            return;
        }
        try {
            turn.alone(() -> replace(period));
        } catch (VaultException trouble) {
            LOG.warn("key-encryption keys are not replaced yet, those there are go on: {}", trouble.getMessage());
        }
    }

    private int replace(Duration period) {
        KekRotation.Begun begun = rotation.beginDue(period);
        begun.troubles().forEach(why -> LOG.warn("a key-encryption key is due and not replaced: {}", why));
        List<String> known = damaged();
        int left = rotation.turn();
        damaged().stream()
                .filter(unit -> !known.contains(unit))
                .forEach(unit -> LOG.warn("{}; the others are wrapped anew", closed(unit)));
        return left;
    }

    @Override
    public Handover.Kek make(BatchName batch, KekNumber number, SubjectPublicKeyInfo recipient) {
        return maker.made(batch, number, recipient);
    }

    @Override
    public void discard(BatchName batch, KekNumber number) {
        Optional<KekDestruction> gone = keys.destroy(TokenUnitKeys.name(batch, number));
        LOG.info(
                "a key-encryption key of batch {} that was not put in place is {}",
                batch,
                gone.isPresent() ? "destroyed" : "gone");
    }

    @Override
    public List<Optional<byte[]>> rewrap(BatchName batch, KekNumber from, KekNumber to, List<byte[]> wrapped) {
        return keys.rewrapEach(TokenUnitKeys.name(batch, from), TokenUnitKeys.name(batch, to), wrapped);
    }

    /** Keys of units that do not open, so that what they are under cannot be destroyed. */
    List<String> damaged() {
        return rotation.damaged().stream().map(KekRotation.Damaged::toString).toList();
    }

    /** Nothing is under it any more: its units' keys are under the next one, whose record tells of them. */
    @Override
    public byte[] destroy(FormerKek former, List<byte[]> earlier, String operator) {
        KekName name = TokenUnitKeys.name(former.batch(), former.number());
        Sha256 previous = earlier.isEmpty() ? DestructionRecord.NONE : Sha256.of(earlier.getLast());
        Optional<KekDestruction> destruction = keys.destroy(name);
        return destruction
                .map(done -> new DestructionRecord(
                                name,
                                core.means().clock().instant(),
                                InjectedKeys.of(Stream.empty()),
                                former.kek().insideToken(),
                                done,
                                List.of(operator),
                                previous)
                        .octets())
                .orElseGet(() -> KekDestructions.notThereOctets(former.station(), former.kek()));
    }

    /** For {@code key list}. */
    List<KeyEntry> entries() {
        List<KeyEntry> entries = new ArrayList<>();
        Duration period = core.settings().services().rotation().kek();
        for (KekBook.Current current : book.current()) {
            Handover handover = current.handover();
            entries.add(entry(
                    handover.batch(),
                    handover.number(),
                    "active",
                    handover.at(),
                    Optional.of(handover.at().plus(period))));
        }
        for (FormerKek former : book.former()) {
            String state = "replaced, " + book.countUnder(former) + " keys under it";
            entries.add(entry(former.batch(), former.number(), state, former.madeAt(), Optional.empty()));
        }
        return entries;
    }

    private KeyEntry entry(BatchName batch, KekNumber number, String state, Instant madeAt, Optional<Instant> next) {
        Optional<KeyEncryptionKey> there = keys.find(TokenUnitKeys.name(batch, number));
        String token = there.map(keys::tokenOf).orElse("");
        String uri = there.map(kek -> KeyUri.of(KeyUri.Scheme.PKCS11, token, kek.label(), kek.id())
                        .toString()
                        .replace("type=private", "type=secret-key"))
                .orElse("");
        return new KeyEntry(
                purpose(batch + "/" + number),
                uri,
                token,
                ALGORITHM,
                there.isPresent() ? state : "missing",
                new KeyTimes(madeAt, next, Optional.empty()));
    }

    private static String closed(String unit) {
        return unit + ", is damaged and does not open";
    }

    private static String purpose(String key) {
        return "kek " + key;
    }
}
