package dev.nameplate.ca.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final ProfileName PROFILE = new ProfileName("door");

    private final TestCa ca = TestCa.founded();

    /** Sees what is recorded, after as many looks as it is told to be late. */
    private final class Outside implements Lookout {
        private final int late;
        private final boolean listing;
        private int looks;

        Outside(int late, boolean listing) {
            this.late = late;
            this.listing = listing;
        }

        @Override
        public OcspWord ocsp(CertificateDer certificate, CertificateDer issuer) {
            assertThat(ca.authorities
                            .activeKeyFor(ca.profiles.named(PROFILE).issuer())
                            .orElseThrow()
                            .certificate())
                    .isEqualTo(issuer);
            ca.clock.advance(Duration.ofMillis(10));
            return revoked(certificate) && looks++ >= late ? OcspWord.REVOKED : OcspWord.GOOD;
        }

        @Override
        public boolean listed(CertificateDer certificate) {
            ca.clock.advance(Duration.ofMillis(500));
            return listing && revoked(certificate);
        }

        private boolean revoked(CertificateDer certificate) {
            return ca.store.ledger().find(certificate).orElseThrow().standing() instanceof Standing.Revoked;
        }
    }

    @Test
    void measuresFromTheWordToWhatTheWorldSees() {
        Flight flight = canary(new Outside(2, true)).fly();

        assertThat(flight)
                .isEqualTo(new Flight.Landed(ca.clock.instant(), Duration.ofMillis(30), Duration.ofMillis(530)));
    }

    @Test
    void isLostWhereOcspGoesOnSayingGood() {
        assertThat(canary(new Outside(Integer.MAX_VALUE, true)).fly())
                .isInstanceOfSatisfying(
                        Flight.Lost.class, lost -> assertThat(lost.why()).contains("OCSP did not say revoked"));
    }

    @Test
    void isLostWhereNoCrlListsIt() {
        Canary canary = canary(new Outside(0, false));

        Flight flight = canary.fly();

        assertThat(flight)
                .isInstanceOfSatisfying(
                        Flight.Lost.class, lost -> assertThat(lost.why()).contains("the CRL did not list"));
        assertThat(canary.last()).contains(flight);
    }

    @Test
    void isLostWithTheReasonWhereTheDoorDoesNotAnswer() {
        Lookout closed = new Lookout() {
            @Override
            public OcspWord ocsp(CertificateDer certificate, CertificateDer issuer) {
                throw new LookoutException("http://localhost:1/ocsp answered 503");
            }

            @Override
            public boolean listed(CertificateDer certificate) {
                throw new LookoutException("never asked");
            }
        };

        assertThat(canary(closed).fly())
                .isEqualTo(new Flight.Lost(ca.clock.instant(), "http://localhost:1/ocsp answered 503"));
    }

    private Canary canary(Lookout lookout) {
        var settings = new CanarySettings(Duration.ofMinutes(15), PROFILE, Duration.ofSeconds(5), Duration.ZERO);
        var revocations = new Revocations(ca.store.revocations(), ca.store.feed(), ca.clock);
        return new Canary(
                settings,
                new Canary.Ca(ca.services, revocations, ca.authorities),
                lookout,
                CanaryTest::fresh,
                ca.clock);
    }

    private static SubjectPublicKeyInfo fresh() {
        try {
            return SubjectPublicKeyInfo.getInstance(DeviceKey.p256().publicKey().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
