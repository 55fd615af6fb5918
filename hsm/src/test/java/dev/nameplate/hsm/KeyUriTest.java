package dev.nameplate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyUriTest {
    @Test
    void readsEveryAttributeThatNamesATokenOrAKey() {
        KeyUri uri =
                KeyUri.parse("pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;"
                        + "model=1.0;serial=0042;object=my-key;type=private;id=%69%95%3E%5C%F4%BD%EC%91");

        assertThat(uri.token())
                .isEqualTo(new TokenName(
                        "The Software PKCS#11 Softtoken",
                        Optional.of("Snake Oil, Inc."),
                        Optional.of("1.0"),
                        Optional.of("0042")));
        assertThat(uri.object()).contains("my-key");
        assertThat(uri.id()).contains(new KeyId("69953e5cf4bdec91"));
    }

    @Test
    void takesAttributesInAnyOrderAndSchemeAndHexadecimalInAnyCase() {
        assertThat(KeyUri.parse("PKCS11:id=%0a%fF;object=k;token=t"))
                .isEqualTo(KeyUri.parse("pkcs11:token=t;object=k;id=%0A%FF;type=private"));
    }

    @Test
    void takesPlainCharactersInAnId() {
        assertThat(KeyUri.parse("pkcs11:token=t;id=A%01z").id()).contains(new KeyId("41017a"));
    }

    @Test
    void readsTheSoftwareScheme() {
        assertThat(KeyUri.parse("software:token=trial;object=root").scheme()).isEqualTo(KeyUri.Scheme.SOFTWARE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:token=nameplate;object=issuer;id=%0A%1B;type=private",
                "pkcs11:token=a%20b;manufacturer=m;model=x;serial=1;object=%C3%A4%2F%25%3B%3F%23%7C;type=private",
                "pkcs11:token=:[]@!$'()*+,=&-._~;id=%00;type=private",
                "software:token=trial;object=k;type=private",
            })
    void writesWhatItRead(String text) {
        assertThat(KeyUri.parse(text)).hasToString(text);
    }

    @Test
    void survivesEveryCharacterInALabel() {
        StringBuilder all = new StringBuilder("x");
        for (char each = 1; each < 0x250; each++) {
            all.append(each);
        }
        KeyUri uri = KeyUri.of(KeyUri.Scheme.PKCS11, all.toString(), all.toString(), KeyId.of(new byte[] {0, -1}));

        assertThat(KeyUri.parse(uri.toString())).isEqualTo(uri);
        assertThat(uri.toString()).matches("[!-~]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token=t;object=k | no scheme",
                "file:token=t;object=k | unknown scheme",
                "pkcs11: | part without a value",
                "pkcs11:object=k | no token",
                "pkcs11:token=;object=k | no token",
                "pkcs11:token=t | names no key",
                "pkcs11:token=t;object= | empty object=",
                "pkcs11:token=t;id= | key id has 0 bytes",
                "pkcs11:token=t;object=k;object=l | object= twice",
                "pkcs11:token=t;object=k;type=cert | not private",
                "pkcs11:token=t;object=k;slot-id=7 | slot-id= which is not known",
                "pkcs11:token=t;object=k;x-vendor=7 | x-vendor= which is not known",
                "pkcs11:token=t;object | without a value",
                "pkcs11:token=t;object=k; | without a value",
                "pkcs11:token=t;=k | without a value",
                "pkcs11:token=t;object=a b | character in object=",
                "pkcs11:token=t;object=ä | character in object=",
                "pkcs11:token=t;object=a/b | character in object=",
                "pkcs11:token=t;object=%4 | two hexadecimal digits",
                "pkcs11:token=t;object=% | two hexadecimal digits",
                "pkcs11:token=t;object=%zz | two hexadecimal digits",
                "pkcs11:token=t;object=%FF | not UTF-8",
                "pkcs11:token=t;object=k?module-path=/lib/x.so | module-path after a question mark",
                "pkcs11:token=t;object=k?pin-source=file:/pin | pin-source after a question mark",
                "pkcs11:token=t;object=k;module-path=x.so | belongs into the token's settings",
            })
    void refusesWhatIsNotTheNameOfAKey(String text, String why) {
        assertThatThrownBy(() -> KeyUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:token=t;object=k?pin-value=31415",
                "pkcs11:token=t;object=k;pin-value=31415",
                "pkcs11:token=t;object=k;pin-value=3%1415",
                "pkcs11:token=t;object=k?31415",
            })
    void neverRepeatsAPinThatWasPutIntoAUri(String text) {
        assertThatThrownBy(() -> KeyUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("31415")
                .doesNotContain("1415");
    }
}
