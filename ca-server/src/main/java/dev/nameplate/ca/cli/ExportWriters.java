package dev.nameplate.ca.cli;

import dev.nameplate.ca.factory.export.AwsBulkRegistration;
import dev.nameplate.ca.factory.export.EspSecureCert;
import dev.nameplate.ca.factory.export.ExportUnit;
import dev.nameplate.ca.factory.export.NrfCloud;
import dev.nameplate.ca.factory.export.UnitWriter;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writers of units into a directory. */
final class ExportWriters {
    private ExportWriters() {}

    /** What is done with all that issued the units, when the last one was written. */
    @FunctionalInterface
    interface IssuersDone {
        void accept(List<CertificateDer> issuers) throws IOException;
    }

    /** {@code template.json} and {@code things.ndjson}. */
    static UnitWriter aws(Path directory) throws IOException {
        Files.writeString(directory.resolve("template.json"), AwsBulkRegistration.template());
        Writer file = Files.newBufferedWriter(directory.resolve("things.ndjson"));
        UnitWriter lines = new AwsBulkRegistration(file, "");
        return new UnitWriter() {
            @Override
            public void write(ExportUnit unit) throws IOException {
                lines.write(unit);
            }

            @Override
            public void close() throws IOException {
                try (file) {
                    lines.close();
                }
            }
        };
    }

    /** {@code onboard-1.csv} and so on. */
    static UnitWriter nrf(Path directory, String subType, List<String> tags, List<String> firmware) {
        return new NrfCloud(
                number -> Files.newBufferedWriter(directory.resolve("onboard-" + number + ".csv")),
                subType,
                tags,
                firmware);
    }

    /** A directory for each unit. */
    static UnitWriter esp(Path directory) {
        EspSecureCert esp = new EspSecureCert(directory);
        return new UnitWriter() {
            @Override
            public void write(ExportUnit unit) throws IOException {
                esp.write(unit, Optional.empty());
            }

            @Override
            public void close() {
                // every unit is whole when it is written
            }
        };
    }

    /** Looks at nothing of units but who issued them. */
    static UnitWriter issuers(IssuersDone done) {
        Map<String, CertificateDer> issuers = new LinkedHashMap<>();
        return new UnitWriter() {
            @Override
            public void write(ExportUnit unit) {
                if (unit.chain().size() > 1) {
                    CertificateDer issuer = unit.chain().get(1);
                    issuers.put(issuer.fingerprint().toString(), issuer);
                }
            }

            @Override
            public void close() throws IOException {
                done.accept(List.copyOf(issuers.values()));
            }
        };
    }
}
