package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.adoption.AdoptedHistory;
import dev.nameplate.ca.adoption.AdoptedSerial;
import dev.nameplate.ca.adoption.Adoption;
import dev.nameplate.ca.adoption.Sources;
import dev.nameplate.ca.adoption.Watch;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.AdoptableIssuers;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.software.SoftwareVault;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer of another CA comes here with its history, on both databases. */
final class AdoptionIT {
    private static final IssuerName WORKS = new IssuerName("works");
    private static final IssuerGeneration GENERATION = new IssuerGeneration(WORKS, 1);
    private static final Duration DAY = Duration.ofDays(1);

    @Nested
    final class Embedded extends On {
        @Override
        Database open() {
            return Database.open(DatabaseSettings.embedded(), directory.resolve("data"));
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
        @TempDir
        Path directory;

        private final MutableClock clock = MutableClock.started();
        private final SoftwareVault vault = new SoftwareVault("test");
        private final PastCa past = new PastCa(vault, "works", clock.instant().minus(Duration.ofDays(100)));
        private final CertificateDer one = past.issued(17, "CN=meter-1,O=Example");
        private final CertificateDer two = past.issued(18, "CN=meter-2,O=Example");
        private Database database;

        abstract Database open();

        @BeforeEach
        void begin() {
            database = open();
        }

        @AfterEach
        void end() {
            database.close();
        }

        @Test
        void takesOverKeyCertificatesTablesAndCrls() throws IOException {
            var added = ((Adoption.Outcome.Adopted) adopt(everything())).added();

            assertThat(added).isEqualTo(new AdoptedHistory.Added(2, 3, 3, 2, 0));
            assertThat(ports().issuers().list()).singleElement().satisfies(issuer -> {
                assertThat(issuer.generation()).isEqualTo(GENERATION);
                assertThat(issuer.state()).isEqualTo(IssuerRecord.State.ACTIVE);
                assertThat(issuer.keyUri()).isEqualTo(past.key().uri().toString());
            });
            assertThat(standing(17)).contains(new Standing.Good());
            assertThat(standing(18)).contains(revoked(RevocationReason.KEY_COMPROMISE, past().plus(DAY)));
            assertThat(standing(19)).contains(new Standing.Good());
            assertThat(standing(20))
                    .contains(revoked(RevocationReason.SUPERSEDED, Instant.parse("2020-01-02T03:04:05Z")));
            assertThat(standing(99)).contains(revoked(RevocationReason.KEY_COMPROMISE, past().plus(DAY)));
            assertThat(standing(21)).isEmpty();
            assertThat(ports().known().find(one)).hasValueSatisfying(known -> {
                assertThat(known.profile()).isEqualTo(new ProfileName("meter"));
                assertThat(known.device().map(Device::id)).contains(new DeviceId("meter-1"));
            });
            assertThat(new JooqCrlRegister(database).all())
                    .extracting(PublishedCrl::number)
                    .containsExactly(41L);
            assertThat(actions())
                    .containsExactly(
                            "issuer.adopting",
                            "certificate.revoked",
                            "certificate.revoked",
                            "certificate.revoked",
                            "issuer.adopted");
        }

        @Test
        void changesNothingWhenAskedToLook() throws IOException {
            var looked = (Adoption.Outcome.Possible) adoption(history()).look(everything(), Watch.NOBODY);

            assertThat(looked.findings().tally().certificates()).isEqualTo(2);
            assertThat(looked.findings().tally().serials()).isEqualTo(3);
            assertThat(looked.findings().tally().revoked()).isEqualTo(3);
            assertThat(looked.findings().crlNumber()).contains(41L);
            assertThat(actions()).isEmpty();
            assertThat(standing(17)).isEmpty();
        }

        @Test
        void goesOnWhereItWasCutOff() throws IOException {
            AdoptedHistory ending = new EndingHistory(history(), 2);
            assertThatThrownBy(() -> adoption(ending).adopt(everything(), Watch.NOBODY, Cause.SYSTEM))
                    .hasMessage("cut off");
            assertThat(ports().issuers().list()).isEmpty();

            assertThat(adopt(everything())).isInstanceOf(Adoption.Outcome.Adopted.class);

            assertThat(standing(18)).contains(revoked(RevocationReason.KEY_COMPROMISE, past().plus(DAY)));
            assertThat(standing(20).orElseThrow().revokedAt()).isPresent();
            assertThat(ports().issuers().list()).hasSize(1);
            var again = (Adoption.Outcome.Adopted) adopt(everything());
            assertThat(again.added()).isEqualTo(AdoptedHistory.Added.NOTHING);
            assertThat(again.findings().adopted()).isTrue();
        }

        @Test
        void addsWhatComesLaterAndNeverGoesBack() throws IOException {
            adopt(sources(List.of(), List.of(), List.of(past.crl(directory.resolve("a"), 41, 18))));
            adopt(sources(
                    List.of(PastCa.pem(directory.resolve("b"), one, two)),
                    List.of(),
                    List.of(past.crl(directory.resolve("c"), 40))));

            assertThat(ports().known().find(two))
                    .hasValueSatisfying(known -> assertThat(known.revokedAt()).isPresent());
            assertThat(history().find(new SerialNumber(BigInteger.valueOf(18)))).isEmpty();
            assertThat(new JooqCrlRegister(database).all())
                    .extracting(PublishedCrl::number)
                    .containsExactly(41L);
        }

        @Test
        void revokesWhatItKnowsByTheSerialAlone() throws IOException {
            adopt(everything());

            var outcome = ports().revocations()
                    .apply(
                            new Order(
                                    new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty()),
                                    clock.instant(),
                                    Cause.SYSTEM),
                            GENERATION,
                            serial(19));

            assertThat(outcome).containsInstanceOf(Revocation.Changed.class);
            assertThat(history().find(serial(19)))
                    .singleElement()
                    .extracting(AdoptedSerial::standing)
                    .isInstanceOf(Standing.Revoked.class);
            assertThat(new JooqRevokedCertificates(database).lastExpiry(GENERATION))
                    .contains(past.certificate().parsed().getNotAfter().toInstant());
        }

        @Test
        void refusesWhatContradictsItself() throws IOException {
            PastCa other = new PastCa(vault, "other", past());
            Path table = Files.writeString(directory.resolve("t.csv"), """
                    serial,not-after,status
                    13,2031-05-01T00:00:00Z,good
                    13,2031-05-01T00:00:00Z,good
                    xyz,,
                    14,2031-05-01T00:00:00Z,lost
                    """);
            Adoption.Outcome outcome = adopt(sources(
                    List.of(PastCa.pem(
                            directory.resolve("x"), one, past.issued(17, "CN=meter-9"), other.issued(5, "CN=meter-5"))),
                    List.of(table),
                    List.of(other.crl(directory.resolve("y"), 3))));

            assertThat(((Adoption.Outcome.Contradictory) outcome).problems())
                    .anySatisfy(why -> assertThat(why).contains("serial 11 is there twice, on two different"))
                    .anySatisfy(why -> assertThat(why).contains("certificate 05 is not signed by the issuer's key"))
                    .anySatisfy(why -> assertThat(why).contains("t.csv line 3: serial 13 is listed twice"))
                    .anySatisfy(why -> assertThat(why).contains("t.csv line 4: serial is not 1 to 40 hexadecimal"))
                    .anySatisfy(why -> assertThat(why).contains("line 5: no status is called lost"))
                    .anySatisfy(why -> assertThat(why).contains("y: it is not signed by the issuer's key"))
                    .hasSize(6);
            assertThat(actions()).isEmpty();
        }

        @Test
        void refusesAKeyThatIsNotTheCertificates() throws IOException {
            PastCa other = new PastCa(vault, "other", past());
            var wish = wish(other.key().uri(), new Sources(List.of(), List.of(), List.of()));

            assertThat(adopt(wish))
                    .isInstanceOfSatisfying(
                            Adoption.Outcome.Refused.class,
                            refused -> assertThat(((Refusal.FieldWrong) refused.refusal()).why())
                                    .contains("does not verify by the issuer's certificate"));
        }

        private Adoption.Wish everything() throws IOException {
            Path table = Files.writeString(directory.resolve("old.csv"), """
                    Serial,Not_After,Subject,Status,Revoked_At,Reason
                    0x13,2031-05-01T00:00:00Z,"CN=meter-3, O=Example",active,,
                    14,1935836645000,CN=meter-4,40,1577934245000,4
                    11,2031-05-01T00:00:00Z,CN=meter-1,valid,-1,-1
                    """);
            return sources(
                    List.of(PastCa.pem(directory.resolve("all.pem"), past.certificate(), one, two)),
                    List.of(table),
                    List.of(past.crl(directory.resolve("last.crl"), 41, 18, 0x63)));
        }

        private Adoption.Wish sources(List<Path> certificates, List<Path> tables, List<Path> crls) {
            return wish(past.key().uri(), new Sources(certificates, tables, crls));
        }

        private Adoption.Wish wish(KeyUri key, Sources sources) {
            return new Adoption.Wish(
                    WORKS,
                    key,
                    List.of(past.certificate()),
                    sources,
                    IdentityField.COMMON_NAME,
                    Optional.of(new ProfileName("meter")),
                    true);
        }

        private Adoption.Outcome adopt(Adoption.Wish wish) throws IOException {
            return adoption(history()).adopt(wish, Watch.NOBODY, Cause.SYSTEM);
        }

        private Adoption adoption(AdoptedHistory history) {
            var settings = new IssuerSettings(
                    WORKS,
                    PastCa.NAME,
                    KeySpec.EC_P256,
                    Optional.empty(),
                    OptionalInt.empty(),
                    new IssuerSettings.Origin.ItsOwnKey(),
                    CrlTerms.usual());
            var issuers = new AdoptableIssuers(vault, ports().issuers(), List.of(settings), clock, new SecureRandom());
            return new Adoption(issuers, history, ports().ledger()::claimKey, clock);
        }

        private JooqAdoptedHistory history() {
            return new JooqAdoptedHistory(database, clock);
        }

        private Ports ports() {
            return Ports.of(database);
        }

        private Instant past() {
            return clock.instant().minus(Duration.ofDays(100));
        }

        private Optional<Standing> standing(long serial) {
            return ports().revocations().of(GENERATION, serial(serial));
        }

        private List<String> actions() {
            return new JooqAuditLog(database)
                    .entriesAfter(0, 100).stream()
                            .map(entry -> entry.event().action())
                            .toList();
        }

        private static SerialNumber serial(long value) {
            return new SerialNumber(BigInteger.valueOf(value));
        }

        private static Standing revoked(RevocationReason reason, Instant at) {
            return new Standing.Revoked(at, reason, Optional.empty());
        }
    }

    /** Whose process ends after some groups. */
    private static final class EndingHistory implements AdoptedHistory {
        private final AdoptedHistory real;
        private int left;

        EndingHistory(AdoptedHistory real, int groups) {
            this.real = real;
            this.left = groups;
        }

        @Override
        public void note(AuditEvent event) {
            real.note(event);
        }

        @Override
        public Added add(IssuerGeneration issuer, Terms terms, List<Item> items, Cause cause) {
            if (left-- == 0) {
                throw new IllegalStateException("cut off");
            }
            return real.add(issuer, terms, items, cause);
        }

        @Override
        public void conclude(IssuerRecord issuer, Optional<PublishedCrl> last, AuditEvent event) {
            real.conclude(issuer, last, event);
        }

        @Override
        public List<AdoptedSerial> find(SerialNumber serial) {
            return real.find(serial);
        }
    }
}
