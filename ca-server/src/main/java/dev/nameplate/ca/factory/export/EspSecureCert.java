package dev.nameplate.ca.factory.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * For the {@code esp_secure_cert} partition of ESP32 chips: what {@code configure_esp_secure_cert.py --esp_secure_cert_csv} reads.
 * A directory per unit with {@code esp_secure_cert.csv}, {@code device.der}, {@code ca.der}, and {@code key.der} where the
 * station has opened it, or {@code key.p8e} (RFC 5958 EncryptedPrivateKeyInfo) where it has not. The partition itself is made by
 * the tool.
 */
public final class EspSecureCert {
    private static final String HEAD =
            "tlv_type,tlv_subtype,data_value,data_type,priv_key_type,algorithm,key_size,efuse_id,efuse_key\n";
    private static final String PEM_OR_DER_FILE = ",file,,,,,\n";

    private final Path directory;

    /** @param directory where each unit gets one of its own */
    public EspSecureCert(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes a unit whose key is not here: it was made in the chip, or is still wrapped.
     *
     * @param encryptedKey an EncryptedPrivateKeyInfo to be opened on the station; the CSV names the file it is opened into
     */
    public Path write(ExportUnit unit, Optional<byte[]> encryptedKey) throws IOException {
        Path place = Files.createDirectories(directory.resolve(unit.id().value()));
        Files.write(place.resolve("device.der"), unit.certificate().octets());
        if (unit.chain().size() > 1) {
            Files.write(place.resolve("ca.der"), unit.chain().get(1).octets());
        }
        if (encryptedKey.isPresent()) {
            Files.write(place.resolve("key.p8e"), encryptedKey.get());
        }
        Files.writeString(place.resolve("esp_secure_cert.csv"), csv(unit, encryptedKey.isPresent()));
        return place;
    }

    /**
     * Puts the opened key where the CSV says, for the tool to read; to be deleted when the chip has it.
     *
     * @param place what {@link #write} returned
     * @param pkcs8 overwritten when it is written
     */
    public static void writeKey(Path place, byte[] pkcs8) throws IOException {
        Path file = place.resolve("key.der");
        try {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
            Files.write(file, pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static String csv(ExportUnit unit, boolean withKey) {
        StringBuilder csv = new StringBuilder(HEAD);
        if (unit.chain().size() > 1) {
            csv.append("ESP_SECURE_CERT_CA_CERT_TLV,0,ca.der").append(PEM_OR_DER_FILE);
        }
        csv.append("ESP_SECURE_CERT_DEV_CERT_TLV,0,device.der").append(PEM_OR_DER_FILE);
        if (withKey) {
            csv.append("ESP_SECURE_CERT_PRIV_KEY_TLV,0,key.der,file,plaintext,")
                    .append(algorithm(unit))
                    .append(",,\n");
        }
        return csv.toString();
    }

    private static String algorithm(ExportUnit unit) {
        SubjectPublicKeyInfo key = unit.certificate().parsed().getSubjectPublicKeyInfo();
        return switch (KeyKind.of(key)) {
            case P256 -> "ECDSA,256";
            case P384 -> "ECDSA,384";
            case RSA -> "RSA," + KeyKind.rsaBits(key);
            case OTHER -> throw new UnfitUnitException("unit " + unit.id() + " has a key these chips cannot use");
        };
    }
}
