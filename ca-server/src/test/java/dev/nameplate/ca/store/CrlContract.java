package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.ISSUER;
import static dev.nameplate.ca.store.Samples.NOW;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.serial;
import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.crl.CrlContent;
import dev.nameplate.ca.crl.CrlEntry;
import dev.nameplate.ca.crl.CrlPoint;
import dev.nameplate.ca.crl.CrlTimes;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.schema.generated.tables.records.RevocationRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;

/** CRLs in every database. */
interface CrlContract extends Ports.Source {
    CrlScope FULL = CrlScope.full(ISSUER);
    CrlScope SHARD = new CrlScope(ISSUER, 7);
    Duration LONG = Duration.ofMinutes(5);

    /** The database under test. */
    Database database();

    @Test
    default void recordsNumbersWithoutAGapOrARepetition() {
        var register = new JooqCrlRegister(database());

        assertThat(register.record(crl(FULL, 2), event("crl.published"))).isFalse();
        assertThat(register.record(crl(FULL, 1), event("crl.published"))).isTrue();
        assertThat(register.record(crl(FULL, 1), event("crl.published"))).isFalse();
        assertThat(register.record(crl(FULL, 3), event("crl.published"))).isFalse();
        assertThat(register.record(crl(FULL, 2), event("crl.published"))).isTrue();
        assertThat(register.record(crl(SHARD, 1), event("crl.published"))).isTrue();

        assertThat(register.all()).containsExactly(crl(FULL, 2), crl(SHARD, 1));
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(3);
    }

    /** Of a process that was killed: where there is only one at a time, the next one need not wait. */
    @Test
    default void freesTheLeasesOfTheDeadWhereNobodyElseCanHaveThem() {
        var leases = new JooqLeases(database());
        assertThat(leases.take("crls", "killed", LONG)).isTrue();
        assertThat(leases.take("crls", "next", LONG)).isFalse();

        leases.endThoseOfTheDead();

        boolean shared = database().writer().write(writing -> writing.sql().dialect() == SQLDialect.POSTGRES);
        assertThat(leases.take("crls", "next", LONG)).isEqualTo(!shared);
    }

    @Test
    default void changesItsVersionWithEveryRecord() {
        var register = new JooqCrlRegister(database());
        long none = register.version();
        register.record(crl(FULL, 1), event("crl.published"));
        long one = register.version();
        register.record(crl(FULL, 2), event("crl.published"));

        assertThat(List.of(none, one, register.version())).doesNotHaveDuplicates();
    }

    @Test
    default void remembersTheMostShardsOfADistributionPoint() {
        var register = new JooqCrlRegister(database());
        register.note(new CrlPoint(ISSUER, "http://a/${shard}.crl", 8));
        register.note(new CrlPoint(ISSUER, "http://a/${shard}.crl", 4));
        register.note(new CrlPoint(ISSUER, "http://b/${shard}.crl", 16));

        assertThat(register.points())
                .containsExactly(
                        new CrlPoint(ISSUER, "http://a/${shard}.crl", 8),
                        new CrlPoint(ISSUER, "http://b/${shard}.crl", 16));
    }

    @Test
    default void readsWhatIsHeldAndRevokedOfAScope() throws IOException {
        record(1, 0);
        record(2, 7);
        record(3, 7);
        record(4, 0);
        Instant lost = NOW.minus(Duration.ofDays(2));
        apply(new Wish.Revoke(RevocationReason.KEY_COMPROMISE, Optional.of(lost)), 1);
        apply(new Wish.Hold(Optional.empty(), Ground.ITSELF), 2);
        apply(new Wish.Revoke(RevocationReason.UNSPECIFIED, Optional.empty()), 3);

        assertThat(read(FULL, Instant.EPOCH))
                .containsExactlyInAnyOrder(
                        "01 %d 1 %d".formatted(NOW.getEpochSecond(), lost.getEpochSecond()),
                        "02 %d 6 -".formatted(NOW.getEpochSecond()),
                        "03 %d 0 -".formatted(NOW.getEpochSecond()));
        assertThat(read(SHARD, Instant.EPOCH))
                .extracting(line -> line.substring(0, 2))
                .containsExactlyInAnyOrder("02", "03");
        assertThat(read(new CrlScope(ISSUER, 1), Instant.EPOCH)).isEmpty();
        assertThat(read(CrlScope.full(new IssuerGeneration(ISSUER.issuer(), 2)), Instant.EPOCH))
                .isEmpty();
        Instant end = NOW.plus(Duration.ofDays(365));
        assertThat(read(FULL, end)).hasSize(3);
        assertThat(read(FULL, end.plusSeconds(1))).isEmpty();
        assertThat(new JooqRevokedCertificates(database()).lastExpiry(ISSUER)).contains(end);
    }

    @Test
    default void readsManyOfThemWhileOthersAreAdded() throws IOException {
        int many = 25_000;
        revokedRows(many);
        var revoked = new JooqRevokedCertificates(database());

        int read = revoked.read(FULL, Instant.EPOCH, entries -> {
            int count = 0;
            while (entries.hasNext()) {
                entries.next();
                count++;
                if (count == 10) {
                    record(many + 1, 0);
                    apply(new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty()), many + 1);
                }
            }
            return count;
        });

        assertThat(read).isBetween(many, many + 1);
        assertThat(read(FULL, Instant.EPOCH)).hasSize(many + 1);
    }

    @Test
    default void knowsWhatWasTouchedSince() {
        record(1, 0);
        record(2, 7);
        apply(new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty()), 1);
        var revoked = new JooqRevokedCertificates(database());
        long first = revoked.newestChange();
        apply(new Wish.Hold(Optional.empty(), Ground.ITSELF), 2);
        apply(new Wish.Release(Ground.ITSELF), 2);
        long last = revoked.newestChange();

        assertThat(revoked.touchedAfter(0)).isEqualTo(Map.of(FULL, first, SHARD, last));
        assertThat(revoked.touchedAfter(first)).isEqualTo(Map.of(SHARD, last));
        assertThat(revoked.touchedAfter(last)).isEmpty();
    }

    @Test
    default void givesALeaseToOneAtATime() {
        var leases = new JooqLeases(database());

        assertThat(leases.take("crl", "one", LONG)).isTrue();
        assertThat(leases.take("crl", "two", LONG)).isFalse();
        assertThat(leases.take("crl", "one", LONG)).isTrue();
        assertThat(leases.take("other", "two", LONG)).isTrue();
        leases.release("crl", "two");
        assertThat(leases.take("crl", "two", LONG)).isFalse();
        leases.release("crl", "one");
        assertThat(leases.take("crl", "two", LONG)).isTrue();
    }

    @Test
    default void givesALeaseToAnotherWhenItRanOut() {
        var leases = new JooqLeases(database());
        leases.take("crl", "one", Duration.ofMillis(300));

        assertThat(leases.take("crl", "two", LONG)).isFalse();
        await().until(() -> leases.take("crl", "two", LONG));
        assertThat(leases.take("crl", "one", LONG)).isFalse();
    }

    @Test
    default void keepsFilesInPieces() throws IOException {
        var pieces = new JooqCrlPieces(database());
        byte[] content = new byte[1_300_000];
        new Random(1).nextBytes(content);
        byte[] other = {1, 2, 3};
        pieces.put(FULL, Sha256.of(content), new ByteArrayInputStream(content));
        pieces.put(FULL, Sha256.of(other), new ByteArrayInputStream(other));
        pieces.put(SHARD, Sha256.of(new byte[1]), new ByteArrayInputStream(new byte[1]));
        assertThat(fetched(pieces, Sha256.of(content))).isEqualTo(content);

        pieces.keepOnly(FULL, Sha256.of(other));

        assertThat(fetched(pieces, Sha256.of(content))).isEmpty();
        assertThat(fetched(pieces, Sha256.of(other))).isEqualTo(other);
        assertThat(fetched(pieces, Sha256.of(new byte[1]))).hasSize(1);
    }

    private static byte[] fetched(JooqCrlPieces pieces, Sha256 sha256) throws IOException {
        var out = new ByteArrayOutputStream();
        pieces.fetch(sha256, out);
        return out.toByteArray();
    }

    private List<String> read(CrlScope scope, Instant expiredBefore) throws IOException {
        return new JooqRevokedCertificates(database()).read(scope, expiredBefore, entries -> {
            List<String> all = new ArrayList<>();
            entries.forEachRemaining(entry -> all.add("%s %d %d %s"
                    .formatted(
                            new BigInteger(entry.serial()).toString().length() == 1
                                    ? "0" + new BigInteger(entry.serial())
                                    : new BigInteger(entry.serial()),
                            entry.revokedAt(),
                            entry.reason(),
                            entry.invalidAt() == CrlEntry.NOWHEN ? "-" : entry.invalidAt())));
            return all;
        });
    }

    private void revokedRows(int count) {
        List<RevocationRecord> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            var row = new RevocationRecord();
            row.setIssuer(ISSUER.issuer().value());
            row.setGeneration(ISSUER.number());
            row.setShard(0);
            row.setSerial(Certificates.octets(serial(i)));
            row.setState("REVOKED");
            row.setRevokedAt(NOW);
            row.setReason((short) 4);
            row.setGrounds((short) 0);
            row.setNotAfter(NOW.plus(Duration.ofDays(1)));
            rows.add(row);
        }
        assertThat(database().writer().<Boolean>write(writing -> {
                    Batches.insert(writing.sql(), REVOCATION, rows);
                    return true;
                }))
                .isTrue();
    }

    private void record(long serial, int shard) {
        NewCertificate plain = Samples.added(serial, "key-" + serial, "sensor-" + serial);
        ports().devices().register(Samples.registered("sensor-" + serial), event("device.registered"));
        ports().ledger()
                .record(
                        new NewCertificate(
                                plain.certificate(),
                                plain.issuer(),
                                plain.profile(),
                                plain.holder(),
                                new LabelName("factory"),
                                plain.credential(),
                                plain.round(),
                                shard),
                        event("certificate.issued"));
    }

    private void apply(Wish wish, long serial) {
        assertThat(ports().revocations().apply(new Order(wish, NOW, Cause.SYSTEM), ISSUER, serial(serial)))
                .isPresent();
    }

    private static PublishedCrl crl(CrlScope scope, long number) {
        Instant thisUpdate = NOW.plusSeconds(number);
        return new PublishedCrl(
                scope,
                number,
                new CrlTimes(thisUpdate, thisUpdate.plusSeconds(60), NOW),
                new CrlContent(number * 10, 1L << 40, Sha256.of(new byte[] {(byte) number})),
                number * 100);
    }
}
