package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.factory.export.EspSecureCert;
import dev.nameplate.ca.factory.export.ExportUnit;
import dev.nameplate.ca.factory.export.UnfitUnitException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code esp_secure_cert}'s tool reads of a unit whose key the CA made: a directory each, the key in it in clear. */
record EspFiles(Path directory, String batch) {
    /**
     * @param pem where the unit's certificate and chain are already
     * @param key PKCS#8 in DER; overwritten
     */
    void write(DeviceId name, Path pem, byte[] wrapped, byte[] key) {
        List<CertificateDer> chain =
                PemFiles.certificates(pem).stream().map(CertificateDer::of).toList();
        var unit = new ExportUnit(
                name, "", batch, chain, chain.getFirst().parsed().getNotBefore().toInstant());
        try {
            EspSecureCert.writeKey(new EspSecureCert(directory).write(unit, Optional.of(wrapped)), key);
        } catch (UnfitUnitException unfit) {
            throw CommandFailedException.refused(String.valueOf(unfit.getMessage()));
        } catch (IOException e) {
            throw CommandFailedException.fault(directory + " cannot be written: " + e.getMessage());
        }
    }
}
