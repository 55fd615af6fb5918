package dev.nameplate.ca.pki;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void ignoresCaseSpacingAndWidth() {
        assertThat(Names.same(new X500Name("CN=Sensor  17,O=Ex"), new X500Name("CN=sensor 17,O=EX")))
                .isTrue();
        assertThat(Names.sameText("\uFF21BC", "abc")).isTrue();
    }

    @Test
    void heedsOrderNumberAndValues() {
        X500Name name = new X500Name("CN=a,O=b");

        assertThat(Names.same(name, new X500Name("O=b,CN=a"))).isFalse();
        assertThat(Names.same(name, new X500Name("CN=a"))).isFalse();
        assertThat(Names.same(name, new X500Name("CN=a,O=c"))).isFalse();
    }

    @Test
    void comparesMailboxesExactlyAndDomainsByLetters() {
        assertThat(mail("A@Example.com")).isEqualTo(mail("A@example.com")).isNotEqualTo(mail("a@example.com"));
    }

    private static String mail(String address) {
        return Names.comparable(new GeneralName(GeneralName.rfc822Name, address));
    }
}
