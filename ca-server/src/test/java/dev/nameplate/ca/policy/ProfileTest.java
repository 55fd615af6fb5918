package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123Z");

    @Test
    void refusesAProfileWithoutKeys() {
        assertThatThrownBy(() -> SampleProfiles.with(SampleProfiles.ldevid(), Set.of()))
                .hasMessageStartingWith("keys ");
    }

    @Test
    void refusesAWindowThatMakesEveryCertificateDueAtOnce() {
        var brief = new Validity.Lasting(Duration.ofDays(20), Duration.ZERO, Duration.ZERO);

        assertThatThrownBy(() -> SampleProfiles.with(SampleProfiles.ldevid(), brief))
                .hasMessageStartingWith("renewal.window ");
    }

    @Test
    void namesTheKeyOfAWrongValidity() {
        assertThatThrownBy(() -> new Validity.Lasting(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessageStartingWith("validity.lasts ");
        assertThatThrownBy(() -> new Validity.Lasting(YEAR, Duration.ofDays(2), Duration.ZERO))
                .hasMessageStartingWith("validity.backdate ");
        assertThatThrownBy(() -> new Validity.Lasting(YEAR, Duration.ZERO, YEAR))
                .hasMessageStartingWith("validity.jitter ");
    }

    @Test
    void takesOffNoMoreThanTheJitter() {
        var validity = new Validity.Lasting(YEAR, Duration.ZERO, Duration.ofHours(1));
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            assertThat(validity.notAfter(NOW, random))
                    .isBetween(NOW.plus(YEAR).minus(Duration.ofSeconds(3601)), NOW.plus(YEAR));
        }
    }

    @Test
    void refusesUsesThatOnlyIssuersHave() {
        assertThatThrownBy(() -> Usages.of(Set.of(KeyUse.KEY_CERT_SIGN), Set.of()))
                .hasMessageStartingWith("usages.key-usage ");
        assertThatThrownBy(() -> Usages.of(Set.of(), Set.of(ExtendedUse.ANY)))
                .hasMessageStartingWith("usages.extended-key-usage ");
        assertThatThrownBy(() -> new Usages(Set.of(), Set.of(), false, true))
                .hasMessageStartingWith("usages.ocsp-no-check ");
    }

    @Test
    void refusesUsesThatNoCertificateCouldHaveWithItsKeys() {
        assertThatThrownBy(() -> Usages.of(Set.of(KeyUse.KEY_AGREEMENT), Set.of(ExtendedUse.CLIENT_AUTH)))
                .hasMessageContaining("digitalSignature");
        assertThat(Usages.of(Set.of(KeyUse.KEY_AGREEMENT), Set.of()).keyUsage()).hasSize(1);
        Profile any = SampleProfiles.ldevid();
        assertThatThrownBy(() -> using(any, KeyUse.KEY_ENCIPHERMENT)).hasMessageContaining("only RSA keys");
        assertThatThrownBy(() -> using(any, KeyUse.KEY_AGREEMENT)).hasMessageContaining("only EC keys");
    }

    private static Profile using(Profile like, KeyUse use) {
        return new Profile(
                like.name(),
                like.issuer(),
                like.keys(),
                like.validity(),
                like.subject(),
                Usages.of(Set.of(use), Set.of()),
                like.locations(),
                like.renewal());
    }

    @Test
    void fillsIssuerAndGenerationIntoUrls() {
        var issuer = new IssuerGeneration(SampleProfiles.DEVICES, 2);

        assertThat(Locations.of(List.of("http://h/crl/${issuer}-${generation}.crl"), issuer))
                .containsExactly("http://h/crl/devices-2.crl");
    }

    @Test
    void refusesUrlsThatAreNotPlainHttp() {
        assertThatThrownBy(() -> new Locations(List.of(), List.of("https://h/x"), 0, List.of(), List.of()))
                .hasMessageStartingWith("locations.crl-urls ");
        assertThatThrownBy(() -> new Locations(List.of(), List.of(), 0, List.of(), List.of("http://h/${device.id}")))
                .hasMessageStartingWith("locations.ocsp-urls ");
    }
}
