package dev.nameplate.ca.cli.est.check;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.Examination;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.est.Credentials;
import dev.nameplate.ca.cli.est.KeyOptions;
import dev.nameplate.ca.cli.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code nameplate doctor --est URL}: whether an EST server, anybody's, does what it must. */
public final class EstExamination implements Examination {
    private final Nameplate root;

    @Option(
            names = "--est",
            paramLabel = "URL",
            description =
                    "Checks the EST server there instead, anybody's, as in https://ca.example:8443. With credentials"
                            + " it also enrols and renews, so use a device that is there for that.")
    private @Nullable URI server;

    @Option(names = "--label", paramLabel = "LABEL", description = "With --est: the path segment of the service.")
    private @Nullable String label;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "With --est: PEM, whom the server's certificate must lead to. Default: tls/ca.pem of the home.")
    private @Nullable Path trust;

    @Mixin
    private final Credentials who = new Credentials();

    @Mixin
    private final KeyOptions keys;

    public EstExamination(Nameplate root, InstantSource clock) {
        this.root = root;
        this.keys = new KeyOptions(clock);
    }

    @Override
    public Optional<JsonNode> findings() {
        return Optional.ofNullable(server).map(this::examine);
    }

    private JsonNode examine(URI address) {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw CommandFailedException.wrongUsage("--est is an address as https://ca.example:8443, not " + address);
        }
        requireReachable(address);
        try (keys) {
            EstSite site = new EstSite(address, Optional.ofNullable(label), visitor());
            ArrayNode findings = JsonMapper.shared().createArrayNode();
            checks().forEach(check -> findings.add(check.finding(site)));
            return findings;
        }
    }

    /** In this order: the server first, what must be refused next, then what is issued; renewal last. */
    static List<Check> checks() {
        return Stream.of(
                        TlsChecks.all(),
                        HttpChecks.all(),
                        CaCertificateChecks.all(),
                        AttributesChecks.all(),
                        EnrolmentChecks.enrolment(),
                        OtherChecks.all(),
                        EnrolmentChecks.renewal())
                .flatMap(List::stream)
                .toList();
    }

    private EstSite.Visitor visitor() {
        Path anchors = trust == null ? root.home().resolve("tls").resolve("ca.pem") : trust;
        try {
            return new EstSite.Visitor(PemFiles.certificates(anchors), who.identity(keys), who.basic());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }

    private static void requireReachable(URI address) {
        try (var socket = Wire.connect(address)) {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw CommandFailedException.fault("the EST server at " + address + " does not answer");
        }
    }
}
