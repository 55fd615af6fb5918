package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.schema.generated.Tables.BATCH_KEK_FORMER;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchOrder;
import dev.nameplate.ca.factory.FormerKek;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.KekBook;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.BundleRecord;
import dev.nameplate.schema.generated.tables.records.FactoryUnitRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both databases keep what is promised of key-encryption keys that replace one another. */
final class KekBookIT {
    private static final BatchName BATCH = new BatchName("WO-1");
    private static final OperatorName LINE = new OperatorName("line-1");
    private static final Instant LATER = Samples.NOW.plusSeconds(60);
    private static final SubjectPublicKeyInfo KEY =
            dev.nameplate.ca.testkit.Csrs.named("station").publicKey();

    @Nested
    final class Embedded extends On {
        @TempDir
        private Path directory;

        @Override
        Database open() {
            return Database.open(DatabaseSettings.embedded(), directory);
        }
    }

    @Nested
    final class Postgres extends On {
        @Override
        Database open() {
            return Database.open(PostgresSettings.ofNew(), Path.of("unused"));
        }
    }

    abstract static class On {
        private Database database;
        private JooqKekBook book;

        abstract Database open();

        @BeforeEach
        void begin() {
            database = open();
            book = new JooqKekBook(database);
            new JooqBatchRegister(database).create(batch(), event("batch.created"));
            new JooqHandoverRegister(database).record(handover(1, Samples.NOW), event("kek.handed-over"));
        }

        @AfterEach
        void end() {
            database.close();
        }

        @Test
        void putsAKeyInThePlaceOfTheOneBeforeOnce() {
            assertThat(book.replace(handover(2, LATER), event("kek.rotated"))).isTrue();
            assertThat(book.replace(handover(2, LATER), event("kek.rotated"))).isFalse();

            assertThat(book.current()).extracting(KekBook.Current::handover).containsExactly(handover(2, LATER));
            assertThat(book.former())
                    .containsExactly(
                            new FormerKek(BATCH, LINE, handover(1, Samples.NOW).kek(), Samples.NOW, LATER));
            assertThat(new JooqAuditLog(database).entriesAfter(0, 10)).hasSize(3);
        }

        @Test
        void remembersWhoseKeyItWentTo() {
            assertThat(book.current()).extracting(KekBook.Current::recipient).containsExactly(Optional.empty());

            book.knows(BATCH, LINE, KEY);

            assertThat(book.current()).extracting(KekBook.Current::recipient).containsExactly(Optional.of(KEY));
        }

        @Test
        void replacesNoKeyWhileABundleIsOut() {
            bundle();

            assertThat(book.current()).extracting(KekBook.Current::bundleOut).containsExactly(true);
            assertThat(book.replace(handover(2, LATER), event("kek.rotated"))).isFalse();

            assertThat(book.former()).isEmpty();
        }

        @Test
        void replacesNoKeyOfABatchThatIsBeingClosed() {
            new JooqBatchRegister(database).apply(new BatchOrder(Batch.State.CLOSING, LATER, Cause.SYSTEM), BATCH);

            assertThat(book.replace(handover(2, LATER), event("kek.rotated"))).isFalse();

            assertThat(book.former(BATCH)).isEmpty();
            assertThat(new JooqHandoverRegister(database).list(BATCH)).containsExactly(handover(1, Samples.NOW));
        }

        @Test
        void wrapsAnewWhatIsUnderTheKeyAndNothingElse() {
            unit("unit-1", null, 1);
            unit("unit-2", "line-1/1", 2);
            unit("unit-3", "line-1/2", 3);
            unit("unit-4", "line-2/1", 4);
            FormerKek former = replaced();

            List<KekBook.Wrapped> under = book.under(former, 10);
            assertThat(under).extracting(one -> one.unit().value()).containsExactly("unit-1", "unit-2");
            unit("unit-2", "line-1/1", 9);
            book.rewrapped(
                    former,
                    under.stream()
                            .map(one -> new KekBook.Rewrapped(one, new byte[] {7}))
                            .toList(),
                    new KekNumber(LINE, 2));

            assertThat(wrapped("unit-1")).containsExactly(7);
            assertThat(wrapped("unit-2")).as("it got another key meanwhile").containsExactly(9);
            assertThat(wrapped("unit-3")).containsExactly(3);
            assertThat(book.countUnder(former)).isEqualTo(1);
        }

        @Test
        void forgetsTheHandoverOfAKeyThatIsDestroyed() {
            FormerKek former = replaced();

            assertThat(book.destroyed(former, new byte[] {1}, event("kek.destroyed")))
                    .isTrue();
            assertThat(book.destroyed(former, new byte[] {2}, event("kek.destroyed")))
                    .isFalse();

            assertThat(book.former()).isEmpty();
            assertThat(book.former(BATCH)).isEmpty();
            assertThat(book.destructions(BATCH)).containsExactly(new byte[] {1});
            byte[] handover = database.read(sql -> sql.select(BATCH_KEK_FORMER.HANDOVER)
                    .from(BATCH_KEK_FORMER)
                    .fetchSingle()
                    .value1());
            assertThat(handover).isNull();
            assertThat(database.<Boolean>read(sql -> JooqKekBook.isDestroyed(BATCH, new KekNumber(LINE, 1), sql)))
                    .isTrue();
            assertThat(database.<Boolean>read(sql -> JooqKekBook.isDestroyed(BATCH, new KekNumber(LINE, 2), sql)))
                    .isFalse();
        }

        @Test
        void leavesBatchesAloneThatAreOver() {
            FormerKek former = replaced();

            new JooqBatchRegister(database).apply(new BatchOrder(Batch.State.CLOSING, LATER, Cause.SYSTEM), BATCH);

            assertThat(book.current()).isEmpty();
            assertThat(book.former()).isEmpty();
            assertThat(book.former(BATCH)).containsExactly(former);
        }

        private FormerKek replaced() {
            book.replace(handover(2, LATER), event("kek.rotated"));
            return book.former().getFirst();
        }

        private void unit(String id, @org.jspecify.annotations.Nullable String kek, int octet) {
            var row = new FactoryUnitRecord();
            row.setId(id);
            row.setBatch(BATCH.value());
            row.setState("ISSUED");
            row.setStation(LINE.value());
            row.setTries(1);
            row.setReworks(0);
            row.setKeys(1);
            row.setPackage(new byte[] {(byte) octet});
            row.setPackageKek(kek);
            int rows = database.writer()
                    .write(writing -> writing.sql().fetchExists(FACTORY_UNIT, FACTORY_UNIT.ID.eq(id))
                            ? writing.sql()
                                    .update(FACTORY_UNIT)
                                    .set(row)
                                    .where(FACTORY_UNIT.ID.eq(id))
                                    .execute()
                            : writing.sql().insertInto(FACTORY_UNIT).set(row).execute());
            assertThat(rows).isEqualTo(1);
        }

        private byte[] wrapped(String unit) {
            return database.read(sql -> sql.select(FACTORY_UNIT.PACKAGE)
                    .from(FACTORY_UNIT)
                    .where(FACTORY_UNIT.ID.eq(unit))
                    .fetchSingle()
                    .value1());
        }

        private void bundle() {
            var row = new BundleRecord();
            row.setName("b");
            row.setBatch(BATCH.value());
            row.setStation(LINE.value());
            row.setUnits(1);
            row.setRecipient(new byte[] {1});
            row.setJournalKey(new byte[] {1});
            row.setHeader(new byte[] {1});
            row.setDrawnAt(Samples.NOW);
            row.setExpiresAt(LATER);
            row.setEntries(0);
            int rows = database.writer()
                    .write(writing -> writing.sql().insertInto(BUNDLE).set(row).execute());
            assertThat(rows).isEqualTo(1);
        }
    }

    private static Handover handover(int number, Instant at) {
        return new Handover(
                BATCH,
                LINE,
                Sha256.of(new byte[] {1}),
                new Handover.Kek(number, new KeyPackage(new byte[] {(byte) number}), "0a0b0" + number, true),
                at);
    }

    private static Batch batch() {
        return new Batch(
                BATCH,
                new WorkOrder(
                        "Sensor 3",
                        Samples.PROFILE,
                        new WorkOrder.Keys(KeyOrigin.INJECTED, Protection.KEY_ENCRYPTION_KEY),
                        7,
                        new Serials.Any(),
                        new Window(Optional.empty(), Optional.empty()),
                        new Patience(3, Optional.empty(), Patience.Unverified.LISTED)),
                Set.of(LINE),
                Batch.State.OPEN,
                0,
                Samples.NOW,
                Optional.empty());
    }
}
