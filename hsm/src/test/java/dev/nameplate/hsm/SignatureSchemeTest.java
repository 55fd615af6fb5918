package dev.nameplate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SignatureSchemeTest {
    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void hasADefaultThatFits(KeySpec spec) {
        assertThat(SignatureScheme.defaultFor(spec).fits(spec)).isTrue();
    }

    /** RFC 5758, 3.2; RFC 4055, 5; RFC 8410, 3. */
    @ParameterizedTest
    @CsvSource({
        "ECDSA_SHA256, 300a06082a8648ce3d040302",
        "ECDSA_SHA384, 300a06082a8648ce3d040303",
        "RSA_PKCS1_SHA256, 300d06092a864886f70d01010b0500",
        "RSA_PKCS1_SHA384, 300d06092a864886f70d01010c0500",
        "ED25519, 300506032b6570",
    })
    void isIdentifiedAsItsRfcSays(SignatureScheme scheme, String der) throws IOException {
        assertThat(HexFormat.of().formatHex(scheme.identifier().getEncoded())).isEqualTo(der);
    }

    @Test
    void refusesToHashForEd25519() {
        assertThatThrownBy(() -> SignatureScheme.ED25519.digest(new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashesWithItsOwnHash() {
        assertThat(SignatureScheme.ECDSA_SHA256.digest(new byte[0])).hasSize(32);
        assertThat(SignatureScheme.RSA_PKCS1_SHA384.digest(new byte[0])).hasSize(48);
    }
}
