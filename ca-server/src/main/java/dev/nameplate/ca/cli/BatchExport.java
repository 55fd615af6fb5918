package dev.nameplate.ca.cli;

import dev.nameplate.ca.factory.export.AzureEnrollmentGroup;
import dev.nameplate.ca.factory.export.CertificateLines;
import dev.nameplate.ca.factory.export.UnfitUnitException;
import dev.nameplate.ca.factory.export.UnitWriter;
import dev.nameplate.ca.factory.matter.CrlPlace;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nameplate batch export}. Units are written as they arrive, one in memory at a time. */
@Command(
        name = "export",
        description = "Writes a batch for others. records: what the closing record is about, one JSON object a line;"
                + " the other formats take units that have a certificate and are neither scrapped nor reworked.")
final class BatchExport extends BatchStateCommands.OfOne {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "records",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.RECORDS;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "A file that does not exist yet for records, manifest and certificates, else a directory.")
    private Path out = Path.of("");

    @Option(names = "--id", paramLabel = "ID", description = "azure: the enrolment group. dcl: the entry's label.")
    private String id = "";

    @Option(names = "--hub", paramLabel = "HOST", description = "azure: the IoT hub its devices are assigned to.")
    private @Nullable String hub;

    @Option(names = "--tag", paramLabel = "TAG", description = "nrf: a group. May be repeated.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--sub-type", paramLabel = "TEXT", defaultValue = "", description = "nrf: the kind of device.")
    private String subType = "";

    @Option(names = "--firmware", paramLabel = "TYPE", description = "nrf: APP, MODEM and so on. May be repeated.")
    private List<String> firmware = new ArrayList<>();

    @Option(
            names = "--crl",
            paramLabel = "URL",
            description = "dcl: where the CRLs are published, with $${issuer} and $${generation} in it:"
                    + " http://HOST/crl/$${issuer}/g$${generation}.crl, in quotes for the shell.")
    private @Nullable String crl;

    @Option(
            names = "--vendor",
            paramLabel = "VID",
            description = "dcl: the vendor's id, in decimal. Default: the one in the issuer's name.")
    private @Nullable Integer vendor;

    BatchExport(Nameplate root) {
        super(root);
    }

    /** What a batch is written as. */
    enum Format {
        RECORDS,
        CERTIFICATES,
        MANIFEST,
        AWS,
        AZURE,
        NRF,
        ESP,
        DCL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        long units = switch (format) {
            case RECORDS -> file(door, "export");
            case CERTIFICATES -> file(door, "certificates");
            case MANIFEST -> file(door, "manifest");
            case AWS, AZURE, NRF, ESP, DCL -> directory(door);
        };
        screen.done(
                "wrote " + out + " about " + units + " units",
                screen.mapper().createObjectNode().put("file", out.toString()).put("units", units));
        return ExitCode.DONE;
    }

    /** @return how many lines it has, which is one for each unit */
    private long file(OperatorDoor door, String what) {
        NewFile.closed(out).requireAbsent();
        door.download(path(what), out);
        try (Stream<String> lines = Files.lines(out)) {
            return lines.count();
        } catch (IOException e) {
            throw CommandFailedException.fault(out + " cannot be read: " + e.getMessage());
        }
    }

    /** By way of a file with every certificate, which stays beside what is made of it. */
    private long directory(OperatorDoor door) {
        long units = 0;
        try {
            Files.createDirectories(out);
            Path lines = out.resolve("certificates.ndjson");
            Files.deleteIfExists(lines);
            door.download(path("certificates"), lines);
            try (BufferedReader reader = Files.newBufferedReader(lines);
                    UnitWriter writer = writer(door)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    writer.write(CertificateLines.parse(line));
                    units++;
                }
            }
            return units;
        } catch (UnfitUnitException | IllegalArgumentException unfit) {
            throw CommandFailedException.refused(String.valueOf(unfit.getMessage()));
        } catch (IOException e) {
            throw CommandFailedException.fault(out + " cannot be written: " + e.getMessage());
        }
    }

    private UnitWriter writer(OperatorDoor door) throws IOException {
        return switch (format) {
            case AWS -> ExportWriters.aws(out);
            case NRF -> ExportWriters.nrf(out, subType, tags, firmware);
            case ESP -> ExportWriters.esp(out);
            case AZURE -> ExportWriters.issuers(this::azure);
            case DCL -> ExportWriters.issuers(issuers -> ledger(issuers, door));
            case RECORDS, CERTIFICATES, MANIFEST -> throw new IllegalStateException(format + " is one file");
        };
    }

    /** The two newest, as in the overlap of a rotation. */
    private void azure(List<CertificateDer> issuers) throws IOException {
        CertificateDer newest = newest(issuers);
        Optional<CertificateDer> before =
                issuers.stream().filter(each -> !each.equals(newest)).findFirst();
        String group = id.isEmpty() ? name().toLowerCase(Locale.ROOT) : id;
        var json = new AzureEnrollmentGroup(group, newest, before, Optional.ofNullable(hub)).json();
        Files.writeString(out.resolve("enrollment-group.json"), json);
    }

    private void ledger(List<CertificateDer> issuers, OperatorDoor door) throws IOException {
        if (crl == null) {
            throw CommandFailedException.refused("where are the issuer's CRLs published? --crl says that");
        }
        if (issuers.isEmpty()) {
            throw nothing();
        }
        String label = id.isEmpty() ? name() : id;
        new LedgerFiles(out, new CrlPlace(crl), label, Optional.ofNullable(vendor)).write(issuers, door);
    }

    private CertificateDer newest(List<CertificateDer> issuers) {
        return issuers.stream()
                .max(Comparator.comparing(each -> each.parsed().getNotBefore().toInstant()))
                .orElseThrow(this::nothing);
    }

    private CommandFailedException nothing() {
        return CommandFailedException.refused("batch " + name() + " has no unit with a certificate");
    }
}
