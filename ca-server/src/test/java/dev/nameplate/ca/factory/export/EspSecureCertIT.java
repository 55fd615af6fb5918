package dev.nameplate.ca.factory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EspSecureCertIT {
    @TempDir
    private Path scratch = Path.of("");

    @Test
    void writesTheColumnsAndFilesThatTheToolReads() throws IOException {
        ExportUnit unit = Units.unit("esp-1");

        Path place = new EspSecureCert(scratch).write(unit, Optional.of(new byte[] {1, 2}));

        assertThat(place.resolve("esp_secure_cert.csv")).hasContent("""
                tlv_type,tlv_subtype,data_value,data_type,priv_key_type,algorithm,key_size,efuse_id,efuse_key
                ESP_SECURE_CERT_CA_CERT_TLV,0,ca.der,file,,,,,
                ESP_SECURE_CERT_DEV_CERT_TLV,0,device.der,file,,,,,
                ESP_SECURE_CERT_PRIV_KEY_TLV,0,key.der,file,plaintext,ECDSA,256,,
                """);
        assertThat(place.resolve("device.der"))
                .hasBinaryContent(unit.certificate().octets());
        assertThat(place.resolve("ca.der"))
                .hasBinaryContent(Units.ISSUER.certificate().octets());
        assertThat(place.resolve("key.p8e")).hasBinaryContent(new byte[] {1, 2});
        assertThat(place.resolve("key.der")).doesNotExist();
    }

    @Test
    void writesNoKeyForAChipThatMadeItsOwn() throws IOException {
        Path place = new EspSecureCert(scratch).write(Units.unit("esp-2"), Optional.empty());

        assertThat(Files.readString(place.resolve("esp_secure_cert.csv"))).doesNotContain("PRIV_KEY");
        assertThat(place.resolve("key.p8e")).doesNotExist();
    }

    @Test
    void letsTheOwnerAloneReadTheOpenedKeyAndOverwritesItsCopy() throws IOException {
        Path place = new EspSecureCert(scratch).write(Units.unit("esp-3"), Optional.of(new byte[] {1}));
        byte[] pkcs8 = {4, 5, 6};

        EspSecureCert.writeKey(place, pkcs8);

        assertThat(place.resolve("key.der")).hasBinaryContent(new byte[] {4, 5, 6});
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(place.resolve("key.der"))))
                .isEqualTo("rw-------");
        assertThat(pkcs8).containsOnly(0);
    }
}
