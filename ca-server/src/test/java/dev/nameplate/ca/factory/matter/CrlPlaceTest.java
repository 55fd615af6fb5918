package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import org.junit.jupiter.api.Test;

class CrlPlaceTest {
    private static final IssuerGeneration SECOND = new IssuerGeneration(new IssuerName("matter-pai"), 2);

    @Test
    void isAnotherForEachGeneration() {
        var place = new CrlPlace("http://ca.example.com/crl/${issuer}/g${generation}.crl");

        assertThat(place.of(SECOND)).hasToString("http://ca.example.com/crl/matter-pai/g2.crl");
        assertThat(place.namesIssuer()).isTrue();
        assertThat(place.namesGeneration()).isTrue();
    }

    @Test
    void isNotTheOneThatIsSignedByWhoeverSignsThen() {
        for (String form : new String[] {"http://h/crl/matter-pai.crl", "https://h/base/crl/${issuer}.crl"}) {
            assertThatThrownBy(() -> new CrlPlace(form))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("changes its signer when the issuer is replaced");
        }
    }

    @Test
    void mayBeOnePlaceWhereThereIsOneIssuer() {
        var place = new CrlPlace("https://cdn.example.com/matter/pai-fff1.crl");

        assertThat(place.of(SECOND)).hasToString("https://cdn.example.com/matter/pai-fff1.crl");
        assertThat(place.namesGeneration()).isFalse();
    }

    @Test
    void isAUrl() {
        var place = new CrlPlace("http://h/${crl}");

        assertThatThrownBy(() -> place.of(SECOND)).isInstanceOf(IllegalArgumentException.class);
    }
}
